package org.framecast.stream.webrtc.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a payload type.
 *
 * @param values by lower-case name, in the order of the text; a word without a value has an empty
 *     one
 *     <p><b>Source:</b> RFC 8866 §6.15.
 */
public record FormatParameters(int payloadType, Map<String, String> values) {
  private static final int MAX_PARAMETERS = 64;

  public FormatParameters {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static FormatParameters parse(String value) {
    int space = value.indexOf(' ');
    if (space < 0) {
      throw new MalformedSdpException("fmtp");
    }
    int payloadType = SdpText.integer(value.substring(0, space), 0, 127, "fmtp");
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : value.substring(space + 1).split(";", MAX_PARAMETERS)) {
      String item = part.trim();
      int equals = item.indexOf('=');
      String name = (equals < 0 ? item : item.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
      if (!name.isEmpty()) {
        values.putIfAbsent(name, equals < 0 ? "" : item.substring(equals + 1).trim());
      }
    }
    return new FormatParameters(payloadType, values);
  }
}
