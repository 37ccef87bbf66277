package org.framecast.stream.sink;

import java.util.Optional;

/**
 * How far a playlist goes.
 *
 * @param segment number of the last complete segment, -1 before the first
 * @param segmentParts parts of that segment
 * @param openParts parts of the one that is still growing
 * @param hint name of the part that comes next
 * @param ended whether nothing follows
 */
record HlsPosition(
    long segment, int segmentParts, int openParts, Optional<String> hint, boolean ended) {

  /**
   * Whether it goes as far as a client asks.
   *
   * <p><b>Source:</b> draft-pantos-hls-rfc8216bis §6.2.5.2
   *
   * @param part -1 for the whole segment
   */
  boolean reaches(long number, int part) {
    if (ended || number < segment) {
      return true;
    }
    if (number == segment) {
      // Behind the last part of a segment is the first of the next.
      return part < segmentParts || openParts > 0;
    }
    return number == segment + 1 && part >= 0 && part < openParts;
  }
}
