package org.framecast.stream.source;

/** When a source that makes its items gives them. */
public enum TestPace {
  /** In real time; what nobody asks for in time is left out. */
  LIVE,
  /** In real time; what was missed follows at once, so that nothing is left out. */
  EVERY_FRAME,
  /** As fast as it is asked; times begin at 0. */
  FAST
}
