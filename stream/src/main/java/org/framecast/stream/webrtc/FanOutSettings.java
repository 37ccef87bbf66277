package org.framecast.stream.webrtc;

import java.time.Duration;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * How a stream is sent.
 *
 * @param formats its tracks
 * @param maxRenditions encodes of its pictures at a time, codecs and rungs together
 * @param minKeyframeInterval from one keyframe to the next that viewers may cause
 * @param reportInterval from one sender report of a track to the next
 */
public record FanOutSettings(
    StreamFormats formats,
    int maxRenditions,
    Duration minKeyframeInterval,
    Duration reportInterval) {
  /** Encodes of a stream unless something else is said. */
  public static final int DEFAULT_MAX_RENDITIONS = 3;

  public FanOutSettings {
    if (maxRenditions < 1) {
      throw new IllegalArgumentException(maxRenditions + " renditions");
    }
  }

  /** Three renditions, keyframes at most every half second, reports every second. */
  public static FanOutSettings of(StreamFormats formats) {
    return new FanOutSettings(
        formats, DEFAULT_MAX_RENDITIONS, Duration.ofMillis(500), Duration.ofSeconds(1));
  }
}
