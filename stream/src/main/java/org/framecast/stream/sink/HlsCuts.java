package org.framecast.stream.sink;

/**
 * Says where segments begin: at multiples of their length from the first item on, with the unit
 * that is nearest.
 *
 * <p><b>Thread:</b> its sink's.
 */
final class HlsCuts {
  private final long segmentNanos;
  private final long halfUnitNanos;
  private long nextNanos;

  HlsCuts(long firstNanos, long segmentNanos, long unitNanos) {
    this.segmentNanos = segmentNanos;
    halfUnitNanos = unitNanos / 2;
    nextNanos = firstNanos;
  }

  /** Asked once for each unit, in order. */
  HlsRendition.Cut at(long ptsNanos) {
    long since = ptsNanos + halfUnitNanos - nextNanos;
    if (since < 0) {
      return HlsRendition.Cut.NONE;
    }
    nextNanos += (since / segmentNanos + 1) * segmentNanos;
    return HlsRendition.Cut.SEGMENT;
  }
}
