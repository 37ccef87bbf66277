package org.framecast.stream.codec;

import java.time.Duration;

/**
 * What a file may cost before, and while, it is read.
 *
 * @param maxPixels a picture of more is refused before there is memory for it
 * @param maxStreams a file that holds more is refused
 * @param probeBytes how much is read at most to find out what is inside
 * @param probeDuration how much media is looked at for that
 * @param queueBytes coded sound or pictures that may wait for the other kind; beyond that what is
 *     there is given first
 */
public record ReaderLimits(
    long maxPixels, int maxStreams, long probeBytes, Duration probeDuration, long queueBytes) {
  private static final long SMALLEST_PROBE = 2_048;

  /** Up to 4096 x 4096 pixels, 64 streams, 5 MB or 5 s of probing, 64 MiB waiting. */
  public static final ReaderLimits DEFAULT =
      new ReaderLimits(1L << 24, 64, 5_000_000, Duration.ofSeconds(5), 64L << 20);

  public ReaderLimits {
    if (maxPixels < 1
        || maxStreams < 1
        || probeBytes < SMALLEST_PROBE
        || probeDuration.isNegative()
        || probeDuration.isZero()
        || queueBytes < 1) {
      throw new IllegalArgumentException(
          "%d pixels, %d streams, %d bytes or %s of probing, %d bytes waiting"
              .formatted(maxPixels, maxStreams, probeBytes, probeDuration, queueBytes));
    }
  }
}
