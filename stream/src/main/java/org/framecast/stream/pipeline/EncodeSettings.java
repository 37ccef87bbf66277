package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.OptionalDouble;
import org.framecast.stream.media.Codec;

/**
 * How a stream's pictures are encoded.
 *
 * @param bitrateBps 0 for what {@link Bitrates} says of size and frame rate
 * @param frameRate what the source says of itself; without it, it is measured
 * @param keyframeIntervalFrames at most this many frames from one keyframe to the next
 * @param keyframeGap at least so long between two keyframes that were asked for
 * @param speed libvpx's cpu-used, 0 (best) to 16 (fastest)
 */
public record EncodeSettings(
    Codec codec,
    int bitrateBps,
    OptionalDouble frameRate,
    int keyframeIntervalFrames,
    Duration keyframeGap,
    int speed) {
  /** At most two asked-for keyframes a second. */
  public static final Duration DEFAULT_KEYFRAME_GAP = Duration.ofMillis(500);

  /** Frames a second as long as nothing tells. */
  public static final double DEFAULT_FRAME_RATE = 30;

  public EncodeSettings {
    if (bitrateBps < 0 || keyframeIntervalFrames < 1 || keyframeGap.isNegative()) {
      throw new IllegalArgumentException(
          bitrateBps + " bit/s, interval " + keyframeIntervalFrames + ", gap " + keyframeGap);
    }
  }

  /** The same for another codec. */
  public EncodeSettings in(Codec other) {
    return new EncodeSettings(
        other, bitrateBps, frameRate, keyframeIntervalFrames, keyframeGap, speed);
  }

  /** For live use: bitrate by size, rate measured, a keyframe every ten seconds or on demand. */
  public static EncodeSettings live(Codec codec) {
    return new EncodeSettings(codec, 0, OptionalDouble.empty(), 300, DEFAULT_KEYFRAME_GAP, 12);
  }
}
