package org.framecast.rtc.internal;

/** Why the native library cannot be used, in words for an operator. */
public final class LibraryProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    MISSING,
    UNUSABLE,
    WRONG_VERSION
  }

  private final Kind kind;

  LibraryProblem(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  LibraryProblem(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
