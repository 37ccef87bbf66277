package org.framecast.rtc;

/**
 * A candidate of the form {@code candidate:…}, with or without a leading {@code a=}, and the mid of
 * the media section it belongs to (empty: the bundle's).
 *
 * <p><b>Source</b>: RFC 8839 §5.1
 */
public record IceCandidate(String candidate, String mid) {
  public IceCandidate {
    if (candidate.isBlank()) {
      throw new IllegalArgumentException("a candidate has text");
    }
  }
}
