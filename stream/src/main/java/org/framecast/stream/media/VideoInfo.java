package org.framecast.stream.media;

/**
 * What is known of a source's pictures before the first comes.
 *
 * @param frameRate frames a second, on average; 0 when nothing tells
 */
public record VideoInfo(int width, int height, double frameRate) {
  /** The rate to expect when nothing tells. */
  public static final double DEFAULT_FRAME_RATE = 30;

  public VideoInfo {
    if (width < 1 || height < 1 || !(frameRate >= 0) || Double.isInfinite(frameRate)) {
      throw new IllegalArgumentException(width + "x" + height + " at " + frameRate);
    }
  }

  /** The rate to expect. */
  public double expectedFrameRate() {
    return frameRate > 0 ? frameRate : DEFAULT_FRAME_RATE;
  }
}
