package org.framecast.web.security;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Whether the path of a request can be decoded. The framework behind would log one that cannot,
 * with a stack trace, for whoever asks.
 *
 * <p><b>Source:</b> RFC 3986 §2.1, §2.5
 */
final class RequestPath {
  private RequestPath() {}

  /**
   * @param path as it came, with its escapes and its parameters
   */
  static boolean isReadable(String path) {
    byte[] raw = path.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int octet = raw[i];
      if (octet == '%') {
        octet = octet(raw, i + 1);
        if (octet < 0) {
          return false;
        }
        i += 2;
      }
      decoded.write(octet);
    }
    return isUtf8(decoded.toByteArray());
  }

  /** Negative when no two hexadecimal digits stand there. */
  private static int octet(byte[] raw, int at) {
    return at + 1 < raw.length
        ? Character.digit(raw[at], 16) << 4 | Character.digit(raw[at + 1], 16)
        : -1;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
