package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * The character classes and numbers of SDP.
 *
 * <p><b>Source:</b> RFC 8866 §9, RFC 8839 §5.
 */
final class SdpText {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`{|}~";

  private SdpText() {}

  /** Words that are separated by single or more spaces. */
  static List<String> words(String value) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < value.length()) {
      int end = value.indexOf(' ', start);
      if (end < 0) {
        end = value.length();
      }
      if (end > start) {
        words.add(value.substring(start, end));
      }
      start = end + 1;
    }
    return words;
  }

  static String token(String value, int maxCharacters, String what) {
    if (value.isEmpty() || value.length() > maxCharacters) {
      throw new MalformedSdpException(what);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && TOKEN_MARKS.indexOf(c) < 0) {
        throw new MalformedSdpException(what);
      }
    }
    return value;
  }

  static String iceCharacters(String value, int min, int max, String what) {
    if (value.length() < min || value.length() > max) {
      throw new MalformedSdpException(what);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && c != '+' && c != '/') {
        throw new MalformedSdpException(what);
      }
    }
    return value;
  }

  static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** A plain decimal number without sign. */
  static long number(String value, long min, long max, String what) {
    if (value.isEmpty() || value.length() > 10) {
      throw new MalformedSdpException(what);
    }
    long number = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        throw new MalformedSdpException(what);
      }
      number = number * 10 + (c - '0');
    }
    if (number < min || number > max) {
      throw new MalformedSdpException(what);
    }
    return number;
  }

  static int integer(String value, int min, int max, String what) {
    return (int) number(value, min, max, what);
  }
}
