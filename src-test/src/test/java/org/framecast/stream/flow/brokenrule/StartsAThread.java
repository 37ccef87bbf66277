package org.framecast.stream.flow.brokenrule;

/** Threads come from a factory. */
public final class StartsAThread {
  Thread thread = new Thread(() -> {});
}
