package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * One line {@code type=value}.
 *
 * <p><b>Source:</b> RFC 8866 §5 and §9.
 */
record SdpLine(char type, String value) {

  /** Cuts a text into lines; CRLF, LF, and empty lines at the end are accepted. */
  static List<SdpLine> split(String text) {
    if (text.length() > SdpLimits.MAX_CHARACTERS) {
      throw new MalformedSdpException("longer than " + SdpLimits.MAX_CHARACTERS + " characters");
    }
    List<SdpLine> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int next = end < 0 ? text.length() : end + 1;
      int stop = end < 0 ? text.length() : end;
      if (stop > start && text.charAt(stop - 1) == '\r') {
        stop--;
      }
      if (stop > start) {
        lines.add(parse(text.substring(start, stop)));
        if (lines.size() > SdpLimits.MAX_LINES) {
          throw new MalformedSdpException("more than " + SdpLimits.MAX_LINES + " lines");
        }
      } else if (text.substring(next).isBlank()) {
        return lines;
      } else {
        throw new MalformedSdpException("an empty line");
      }
      start = next;
    }
    return lines;
  }

  private static SdpLine parse(String line) {
    if (line.length() > SdpLimits.MAX_LINE_CHARACTERS) {
      throw new MalformedSdpException("a line too long");
    }
    if (line.length() < 2 || line.charAt(1) != '=') {
      throw new MalformedSdpException("a line that is not type=value");
    }
    char type = line.charAt(0);
    if (type < 'a' || type > 'z') {
      throw new MalformedSdpException("a line type that is not a lower-case letter");
    }
    // Only free text may leave ASCII.
    boolean free = type == 's' || type == 'i';
    for (int i = 2; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' || c == 0x7f || (c > 0x7f && !free)) {
        throw new MalformedSdpException("a character that does not belong in a line");
      }
    }
    return new SdpLine(type, line.substring(2));
  }

  /** The name of an attribute, up to the colon. */
  String attributeName() {
    int colon = value.indexOf(':');
    return colon < 0 ? value : value.substring(0, colon);
  }

  /** What follows the colon of an attribute; empty when there is none. */
  String attributeValue() {
    int colon = value.indexOf(':');
    return colon < 0 ? "" : value.substring(colon + 1);
  }
}
