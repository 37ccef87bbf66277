package org.framecast.stream.sink;

import java.time.Duration;

/**
 * How to make a playlist.
 *
 * @param segment from one segment's beginning to the next
 * @param part about how long a part is, where there is a server that serves them; zero for none
 * @param window how many segments a playlist names; 0 for all
 * @param rungs how many sizes: each has half of the height of the one above
 * @param videoBitrateBps of the largest size; 0 leaves it to the quality
 * @param quality 1 to 100
 */
public record HlsSinkSettings(
    Duration segment,
    Duration part,
    int window,
    int rungs,
    int videoBitrateBps,
    int quality,
    int audioBitrateBps,
    WhenBehind whenBehind) {
  public HlsSinkSettings {
    if (segment.isZero() || segment.isNegative() || part.isNegative() || rungs < 1) {
      throw new IllegalArgumentException(rungs + " sizes in segments of " + segment);
    }
  }

  /**
   * How long things are, for units that are by rights so long.
   *
   * @param unitNanos of pictures, or of sound where there are none
   */
  HlsTiming timing(long unitNanos, HlsOutput output) {
    long target = 0;
    if (!part.isZero() && output.servesParts()) {
      long units = Math.max(1, Math.round((double) part.toNanos() / unitNanos));
      // Half a unit of room, for times that are not quite even.
      target = units * unitNanos + unitNanos / 2;
    }
    return new HlsTiming(segment.toNanos(), target, window);
  }
}
