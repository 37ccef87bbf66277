package org.framecast.stream.webrtc.sdp;

/**
 * A user fragment and its password.
 *
 * <p><b>Source:</b> RFC 8839 §5.4.
 */
public record IceCredentials(String ufrag, String password) {
  public IceCredentials {
    if (ufrag.isEmpty() || password.isEmpty()) {
      throw new IllegalArgumentException("empty ICE credentials");
    }
  }

  static String parseUfrag(String value) {
    return SdpText.iceCharacters(value, 4, 256, "ice-ufrag");
  }

  static String parsePassword(String value) {
    return SdpText.iceCharacters(value, 22, 256, "ice-pwd");
  }

  @Override
  public String toString() {
    return "IceCredentials[ufrag=" + ufrag + "]";
  }
}
