package org.framecast.web.recording;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file.
 *
 * @param start its first byte
 * @param length at least one byte, but for an empty file
 *     <p><b>Source:</b> RFC 9110 §14
 */
record ByteRange(long start, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** What a request asks for. */
  sealed interface Asked {
    /** All of it: no range, several, or one that is malformed, which may be passed over. */
    record Whole() implements Asked {}

    record Part(ByteRange range) implements Asked {}

    /** A range without a byte of the file. */
    record Beyond() implements Asked {}
  }

  /** Reads the header of a request for a file of that size. */
  static Asked parse(@Nullable String header, long sizeBytes) {
    Matcher matcher = ONE.matcher(header == null ? "" : header.strip());
    if (!matcher.matches()) {
      return new Asked.Whole();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Asked.Whole() : suffix(Long.parseLong(last), sizeBytes);
    }
    long start = Long.parseLong(first);
    long end = last.isEmpty() ? sizeBytes - 1 : Math.min(Long.parseLong(last), sizeBytes - 1);
    if (!last.isEmpty() && Long.parseLong(last) < start) {
      return new Asked.Whole();
    }
    return start >= sizeBytes
        ? new Asked.Beyond()
        : new Asked.Part(new ByteRange(start, end - start + 1));
  }

  private static Asked suffix(long length, long sizeBytes) {
    long known = Math.min(length, sizeBytes);
    return known == 0
        ? new Asked.Beyond()
        : new Asked.Part(new ByteRange(sizeBytes - known, known));
  }

  String contentRange(long sizeBytes) {
    return "bytes " + start + "-" + (start + length - 1) + "/" + sizeBytes;
  }
}
