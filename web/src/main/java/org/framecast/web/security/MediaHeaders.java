package org.framecast.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether the headers that name media types can be read, and the body is not packed. The framework
 * behind would log types that cannot be read, whole and with a stack trace.
 *
 * <p><b>Source:</b> RFC 9110 §8.3.1, §8.4, §12.5.1
 */
final class MediaHeaders {
  /** Browsers' have about 150 characters. */
  private static final int MAX_LENGTH = 2_048;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String VALUE = "(?:" + TOKEN + "|\"[^\"\\\\]*+\")";
  private static final String PARAMETERS =
      "(?:\\s*+;\\s*+(?:" + TOKEN + "\\s*+=\\s*+" + VALUE + ")?+)*+";
  private static final String RANGE = "(?:\\*(?!/)|" + TOKEN + "/" + TOKEN + ")" + PARAMETERS;

  private static final Pattern ACCEPT =
      Pattern.compile("\\s*+(?:" + RANGE + ")?+\\s*+(?:,\\s*+(?:" + RANGE + ")?+\\s*+)*+");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("\\s*+" + TOKEN + "/" + TOKEN + PARAMETERS + "\\s*+");

  /** A weight that is no number from 0 to 1: the container takes it for a fault of the server. */
  private static final Pattern BAD_WEIGHT =
      Pattern.compile(
          ";\\s*[qQ]\\s*=(?!\\s*(?:0?\\.[0-9]{1,9}|0\\.?|1(?:\\.0{0,9})?)\\s*(?:[;,]|$))");

  private MediaHeaders() {}

  /** The status that the request is refused with, or nothing when they can be read. */
  static OptionalInt refusal(HttpServletRequest request) {
    if (!all(request, "Content-Type", MediaHeaders::isTypeReadable)
        || !all(request, "Content-Encoding", MediaHeaders::isPlain)) {
      return OptionalInt.of(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
    }
    return all(request, "Accept", MediaHeaders::isAcceptReadable)
        ? OptionalInt.empty()
        : OptionalInt.of(HttpServletResponse.SC_BAD_REQUEST);
  }

  private static boolean all(HttpServletRequest request, String name, Predicate<String> readable) {
    return Collections.list(request.getHeaders(name)).stream().allMatch(readable);
  }

  static boolean isAcceptReadable(String accept) {
    return accept.length() <= MAX_LENGTH
        && ACCEPT.matcher(accept).matches()
        && !BAD_WEIGHT.matcher(accept).find();
  }

  /** Nothing here takes bodies that are packed: they would be read as what they are not. */
  static boolean isPlain(String codings) {
    return Arrays.stream(codings.split(","))
        .map(String::strip)
        .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase("identity"));
  }

  static boolean isTypeReadable(String type) {
    return type.length() <= MAX_LENGTH && CONTENT_TYPE.matcher(type).matches();
  }
}
