package org.framecast.stream.webrtc;

import java.time.Duration;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * How a stream is sent.
 *
 * @param formats its tracks
 * @param minKeyframeInterval from one keyframe to the next that viewers may cause
 * @param reportInterval from one sender report of a track to the next
 */
public record FanOutSettings(
    StreamFormats formats, Duration minKeyframeInterval, Duration reportInterval) {
  /** Keyframes at most every half second, reports every second. */
  public static FanOutSettings of(StreamFormats formats) {
    return new FanOutSettings(formats, Duration.ofMillis(500), Duration.ofSeconds(1));
  }
}
