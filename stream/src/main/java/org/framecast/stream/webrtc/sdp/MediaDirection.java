package org.framecast.stream.webrtc.sdp;

import java.util.Optional;

/** Who sends, seen from the one who wrote the text. */
public enum MediaDirection {
  SENDRECV("sendrecv"),
  SENDONLY("sendonly"),
  RECVONLY("recvonly"),
  INACTIVE("inactive");

  private final String sdpName;

  MediaDirection(String sdpName) {
    this.sdpName = sdpName;
  }

  public String sdpName() {
    return sdpName;
  }

  /** Empty for an attribute that is no direction. */
  static Optional<MediaDirection> ofAttribute(String name) {
    for (MediaDirection direction : values()) {
      if (direction.sdpName.equals(name)) {
        return Optional.of(direction);
      }
    }
    return Optional.empty();
  }
}
