package org.framecast.stream.flow;

/** Why something was dropped; each kind has its own counter. */
public enum DropKind {
  /** A queue was full. */
  OVERFLOW,
  /** The result came after its deadline. */
  LATE,
  /** A decoder, a layer or an encoder failed on it. */
  ERROR,
  /** It could not be made sure that what must be hidden is hidden. */
  PRIVACY
}
