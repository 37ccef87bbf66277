package org.framecast.web.hls;

import java.util.Optional;
import java.util.regex.Pattern;
import org.framecast.hls.HlsPlace;
import org.framecast.hls.HlsProblems;
import org.jspecify.annotations.Nullable;

/**
 * How far a client wants a playlist to go before it is answered.
 *
 * <p><b>Source:</b> draft-pantos-hls-rfc8216bis §6.2.5.2
 */
final class ReloadQuery {
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{1,18}");
  private static final Pattern PART = Pattern.compile("[0-9]{1,9}");

  private ReloadQuery() {}

  /**
   * @param segment of {@code _HLS_msn}, null when it is not there
   * @param part of {@code _HLS_part}, null when it is not there
   * @return empty for the playlist as it is
   * @throws org.framecast.problem.ProblemException with 400
   */
  static Optional<HlsPlace> place(@Nullable String segment, @Nullable String part) {
    if (segment == null && part == null) {
      return Optional.empty();
    }
    if (segment == null
        || !SEGMENT.matcher(segment).matches()
        || (part != null && !PART.matcher(part).matches())) {
      throw HlsProblems.malformed().asException();
    }
    return Optional.of(
        new HlsPlace(Long.parseLong(segment), part == null ? -1 : Integer.parseInt(part)));
  }
}
