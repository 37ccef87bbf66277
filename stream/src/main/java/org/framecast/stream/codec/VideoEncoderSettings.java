package org.framecast.stream.codec;

import org.framecast.stream.media.Codec;

/**
 * How to encode.
 *
 * @param frameRate expected frames per second; the true times are those of the frames
 * @param keyframeIntervalFrames at most this many frames from one keyframe to the next
 * @param speed libvpx's cpu-used, 0 (best) to 16 (fastest); other codecs map it
 */
public record VideoEncoderSettings(
    Codec codec,
    int width,
    int height,
    int bitrateBps,
    double frameRate,
    int keyframeIntervalFrames,
    int speed) {
  public VideoEncoderSettings {
    if (width < 2 || height < 2 || bitrateBps < 1_000 || !(frameRate > 0)) {
      throw new IllegalArgumentException(
          width + "x" + height + " at " + frameRate + "/s with " + bitrateBps + " bit/s");
    }
  }
}
