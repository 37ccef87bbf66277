package org.framecast.stream.pipeline;

/** What becomes of the frames that are under way when a loop is stopped. */
public enum StopMode {
  /** They are finished and handed on. */
  DRAIN,
  /** They are closed and counted nowhere. */
  ABANDON
}
