package org.framecast.stream.webrtc.sdp;

/** How much of a stranger's text is read. */
public final class SdpLimits {
  /** The whole text, in characters; the edge limits the bytes. */
  public static final int MAX_CHARACTERS = 64 * 1024;

  public static final int MAX_LINES = 2_000;
  public static final int MAX_LINE_CHARACTERS = 4_096;
  public static final int MAX_SECTIONS = 32;
  public static final int MAX_FORMATS = 128;

  /** Candidates that are read; more are ignored. */
  public static final int MAX_CANDIDATES = 128;

  /** Candidates that are handed on; each costs connectivity checks. */
  public static final int MAX_USED_CANDIDATES = 32;

  /** Senders that a section may name. */
  static final int MAX_SSRCS = 16;

  static final int MAX_MID_CHARACTERS = 64;

  private SdpLimits() {}
}
