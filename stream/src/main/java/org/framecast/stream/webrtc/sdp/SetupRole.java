package org.framecast.stream.webrtc.sdp;

/**
 * Who starts the DTLS handshake.
 *
 * <p><b>Source:</b> RFC 4145 §4, RFC 8842 §5.
 */
public enum SetupRole {
  ACTIVE("active"),
  PASSIVE("passive"),
  ACTPASS("actpass"),
  HOLDCONN("holdconn");

  private final String sdpName;

  SetupRole(String sdpName) {
    this.sdpName = sdpName;
  }

  public String sdpName() {
    return sdpName;
  }

  static SetupRole parse(String value) {
    for (SetupRole role : values()) {
      if (role.sdpName.equals(value)) {
        return role;
      }
    }
    throw new MalformedSdpException("setup");
  }
}
