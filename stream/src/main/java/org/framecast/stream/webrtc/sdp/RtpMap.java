package org.framecast.stream.webrtc.sdp;

import java.util.Optional;

/**
 * What a payload type stands for.
 *
 * @param parameters the channels of an audio codec
 *     <p><b>Source:</b> RFC 8866 §6.6.
 */
public record RtpMap(int payloadType, String name, int clockRateHz, Optional<String> parameters) {

  static RtpMap parse(String value) {
    int space = value.indexOf(' ');
    if (space < 0) {
      throw new MalformedSdpException("rtpmap");
    }
    int payloadType = SdpText.integer(value.substring(0, space), 0, 127, "rtpmap");
    String[] parts = value.substring(space + 1).trim().split("/", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw new MalformedSdpException("rtpmap");
    }
    String name = SdpText.token(parts[0], 64, "rtpmap");
    int clockRateHz = SdpText.integer(parts[1], 1, Integer.MAX_VALUE, "rtpmap");
    Optional<String> parameters =
        parts.length == 3 ? Optional.of(SdpText.token(parts[2], 16, "rtpmap")) : Optional.empty();
    return new RtpMap(payloadType, name, clockRateHz, parameters);
  }

  /** The value of {@code a=rtpmap:}. */
  public String sdp() {
    return payloadType + " " + name + "/" + clockRateHz + parameters.map(p -> "/" + p).orElse("");
  }
}
