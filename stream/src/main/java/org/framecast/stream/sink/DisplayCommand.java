package org.framecast.stream.sink;

/** What the keys of a window ask for. */
enum DisplayCommand {
  /** Space: hold, or go on. */
  PAUSE,
  /** The full stop: one more picture. */
  STEP,
  /** The left arrow. */
  BACK,
  /** The right arrow. */
  FORWARD,
  /** Q, Escape, or closing the window. */
  QUIT
}
