package org.framecast.stream.webrtc.ingest;

/**
 * One received track in numbers.
 *
 * @param packets that were of use
 * @param duplicates packets that came twice
 * @param late packets that came after they were given up
 * @param gaps times that packets were given up
 * @param units whole units
 * @param lostUnits units that were not whole, or of no use without a keyframe
 */
public record TrackCounts(
    long packets, long duplicates, long late, long gaps, long units, long lostUnits) {
  static final TrackCounts NONE = new TrackCounts(0, 0, 0, 0, 0, 0);

  /** Before anything came. */
  public static TrackCounts none() {
    return NONE;
  }
}
