package org.framecast.lifecycle;

import org.jspecify.annotations.Nullable;

/** Runs every step of a stop, whatever the ones before threw, and reports all failures at once. */
final class StopSteps {
  private @Nullable IllegalStateException failures;

  /** One step. */
  interface Step {
    void run() throws Exception;
  }

  void run(String name, Step step) {
    try {
      step.run();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (failures == null) {
        failures = new IllegalStateException("stopping left something behind");
      }
      failures.addSuppressed(new IllegalStateException(name, e));
    }
  }

  @Nullable Throwable failures() {
    return failures;
  }

  void report() {
    if (failures == null) {
      LifecycleMessages.LOG.stopped();
    } else {
      LifecycleMessages.LOG.stoppedWithFailures(failures);
    }
  }
}
