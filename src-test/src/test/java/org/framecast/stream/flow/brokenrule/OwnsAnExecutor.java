package org.framecast.stream.flow.brokenrule;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Executors come from outside. */
public final class OwnsAnExecutor {
  ExecutorService executor = Executors.newCachedThreadPool();
}
