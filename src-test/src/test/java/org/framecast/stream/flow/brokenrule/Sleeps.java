package org.framecast.stream.flow.brokenrule;

/** Nothing sleeps. */
public final class Sleeps {
  void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}
