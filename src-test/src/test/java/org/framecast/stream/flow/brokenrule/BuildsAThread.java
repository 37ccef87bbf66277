package org.framecast.stream.flow.brokenrule;

/** Threads come from a factory. */
public final class BuildsAThread {
  Thread thread = Thread.ofPlatform().unstarted(() -> {});
}
