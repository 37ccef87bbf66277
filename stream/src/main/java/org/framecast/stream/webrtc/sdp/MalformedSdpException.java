package org.framecast.stream.webrtc.sdp;

/** A text that is no SDP, or more of it than the limits allow. Never leaves this package. */
final class MalformedSdpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedSdpException(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
