package org.framecast.stream.webrtc;

import java.time.Duration;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * How a stream is sent.
 *
 * @param formats its tracks
 * @param reportInterval from one sender report of a track to the next
 */
public record FanOutSettings(
    StreamFormats formats, Ladder ladder, Joins joins, Repeats repeats, Duration reportInterval) {
  /**
   * How many encodes of the picture there may be.
   *
   * @param maxRenditions at a time, codecs and rungs together
   * @param rungs of each codec, the full picture included
   */
  public record Ladder(int maxRenditions, int rungs) {
    public Ladder {
      if (maxRenditions < 1 || rungs < 1) {
        throw new IllegalArgumentException(maxRenditions + " renditions on " + rungs + " rungs");
      }
    }
  }

  /**
   * How a viewer gets its first picture.
   *
   * @param minKeyframeInterval from one keyframe to the next that viewers may cause
   * @param maxCachedAge how old a keyframe may be that a new viewer is started with, and sent what
   *     follows it; with an older one a new keyframe is asked for
   */
  public record Joins(Duration minKeyframeInterval, Duration maxCachedAge) {}

  /**
   * What is kept to be sent again.
   *
   * @param historyPackets of each rendition; the same history serves new viewers
   * @param percent of the bytes that a viewer was sent in one second, which it may be sent again in
   *     the next
   * @param floorBytesPerSecond what it may be sent again in any case
   */
  public record Repeats(int historyPackets, int percent, int floorBytesPerSecond) {
    public Repeats {
      if (historyPackets < 1 || percent < 0 || floorBytesPerSecond < 0) {
        throw new IllegalArgumentException(
            historyPackets + " packets, " + percent + " %, " + floorBytesPerSecond + " bytes");
      }
    }
  }

  /**
   * At most three renditions on one rung, keyframes at most every half second, 1.9 s of history at
   * 2.5 Mb/s, reports every second.
   */
  public static FanOutSettings of(StreamFormats formats) {
    return new FanOutSettings(
        formats,
        new Ladder(3, 1),
        new Joins(Duration.ofMillis(500), Duration.ofMillis(500)),
        new Repeats(512, 25, 32_000),
        Duration.ofSeconds(1));
  }

  public FanOutSettings withLadder(int maxRenditions, int rungs) {
    return new FanOutSettings(
        formats, new Ladder(maxRenditions, rungs), joins, repeats, reportInterval);
  }

  public FanOutSettings withRepeats(Repeats other) {
    return new FanOutSettings(formats, ladder, joins, other, reportInterval);
  }

  /**
   * For a source that makes no keyframe on request: a new viewer starts with one of that age.
   *
   * @param historyPackets at least so many: they must hold what is sent in that time
   */
  public FanOutSettings withCachedPictures(Duration maxAge, int historyPackets) {
    return new FanOutSettings(
        formats,
        ladder,
        new Joins(joins.minKeyframeInterval(), maxAge),
        new Repeats(
            Math.max(historyPackets, repeats.historyPackets()),
            repeats.percent(),
            repeats.floorBytesPerSecond()),
        reportInterval);
  }
}
