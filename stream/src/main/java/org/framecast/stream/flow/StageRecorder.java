package org.framecast.stream.flow;

/**
 * Takes what was measured.
 *
 * <p><b>Thread:</b> any, several at a time. Nothing is allocated.
 */
public interface StageRecorder {
  /** Adds one duration. */
  void record(Stage stage, long nanos);

  /** Counts one drop. */
  void dropped(DropKind kind);

  /** Forgets everything. */
  static StageRecorder none() {
    return NoRecorder.INSTANCE;
  }
}
