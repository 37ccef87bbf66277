package org.framecast.stream.webrtc.sdp;

import java.util.List;

/**
 * An RTP header extension.
 *
 * <p><b>Source:</b> RFC 8285 §8.
 */
public record HeaderExtension(int id, String uri) {
  /** The time of sending in 24 bits, which the receiver's estimate of the bitrate needs. */
  static final String SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

  /** The largest number that a one-byte header has. */
  private static final int MAX_ONE_BYTE_ID = 14;

  boolean isSendTime() {
    return uri.equals(SEND_TIME) && id <= MAX_ONE_BYTE_ID;
  }

  static HeaderExtension parse(String value) {
    List<String> words = SdpText.words(value);
    if (words.size() < 2) {
      throw new MalformedSdpException("extmap");
    }
    String first = words.get(0);
    int slash = first.indexOf('/');
    int id = SdpText.integer(slash < 0 ? first : first.substring(0, slash), 1, 65_535, "extmap");
    return new HeaderExtension(id, words.get(1));
  }
}
