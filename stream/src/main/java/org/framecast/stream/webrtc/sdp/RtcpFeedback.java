package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Locale;

/**
 * A kind of feedback that a receiver may send.
 *
 * @param payloadType which payload type, or {@link #ANY}
 * @param kind as in the text, lower case: {@code nack pli}
 *     <p><b>Source:</b> RFC 4585 §4.2.
 */
public record RtcpFeedback(int payloadType, String kind) {
  /** All payload types of the section. */
  public static final int ANY = -1;

  static RtcpFeedback parse(String value) {
    List<String> words = SdpText.words(value);
    if (words.size() < 2 || words.size() > 8) {
      throw new MalformedSdpException("rtcp-fb");
    }
    int payloadType =
        words.get(0).equals("*") ? ANY : SdpText.integer(words.get(0), 0, 127, "rtcp-fb");
    for (String word : words.subList(1, words.size())) {
      SdpText.token(word, 64, "rtcp-fb");
    }
    String kind = String.join(" ", words.subList(1, words.size())).toLowerCase(Locale.ROOT);
    return new RtcpFeedback(payloadType, kind);
  }
}
