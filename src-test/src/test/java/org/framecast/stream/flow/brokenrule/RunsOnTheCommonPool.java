package org.framecast.stream.flow.brokenrule;

import java.util.concurrent.CompletableFuture;

/** Asynchronous work names its executor. */
public final class RunsOnTheCommonPool {
  CompletableFuture<Integer> future = CompletableFuture.supplyAsync(() -> 1);
}
