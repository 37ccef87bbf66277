package org.framecast.stream.transport;

/** Picture or sound. */
public enum MediaKind {
  AUDIO("audio"),
  VIDEO("video");

  private final String sdpName;

  MediaKind(String sdpName) {
    this.sdpName = sdpName;
  }

  /** The media type of an {@code m=} line. */
  public String sdpName() {
    return sdpName;
  }
}
