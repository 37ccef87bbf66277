package org.framecast.stream.pipeline;

import org.framecast.stream.media.Codec;

/**
 * What a picture of that size and rate needs to look good in a live encoder.
 *
 * <p><b>Source:</b> the target bitrates that the WebRTC project gives VP8 at 30 frames a second
 * ({@code video/config/simulcast.cc}), joined by straight lines in log-log scale over the number of
 * pixels. Other frame rates follow the power 0.75, after the pairs of 30 and 60 frames a second in
 * Google's recommended settings for VP9 (720p: 1,024 and 1,800 kb/s; 1080p: 1,800 and 3,000 kb/s).
 * VP9 and AV1 need 0.7 of VP8's rate: the same file's VP9 table lies between 0.61 and 0.84.
 *
 * <p>The tables say nothing of content. Ours is taken as the mean luma difference from frame to
 * frame ({@link MotionMeter}, after ITU-T P.910 §7.8): the tables' rates are for a difference of
 * four levels, a speaker who moves before a camera; others follow its square root, within a half
 * and one and a half, so that a still page does not get what a match needs.
 */
public final class Bitrates {
  private static final double REFERENCE_FPS = 30;
  private static final double FPS_POWER = 0.75;
  private static final double NEWER_CODECS = 0.7;
  private static final double REFERENCE_MOTION = 4;
  private static final double MOTION_POWER = 0.5;
  private static final double LEAST_CONTENT = 0.5;
  private static final double MOST_CONTENT = 1.5;

  /** Less shows nothing, whatever the picture. */
  static final int MIN_BPS = 60_000;

  private static final int MAX_BPS = 20_000_000;
  private static final double[][] PIXELS_AND_BPS = {
    {320 * 180, 150_000},
    {480 * 270, 350_000},
    {640 * 360, 500_000},
    {960 * 540, 1_200_000},
    {1280 * 720, 2_500_000},
    {1920 * 1080, 4_000_000},
  };

  private Bitrates() {}

  /** Bits a second for pictures of that size at that rate, of usual content. */
  public static int videoBps(Codec codec, int width, int height, double frameRate) {
    return videoBps(codec, width, height, frameRate, 1);
  }

  /**
   * As {@link #videoBps(Codec, int, int, double)}, for other content.
   *
   * @param contentFactor from {@link #contentFactor}
   */
  public static int videoBps(
      Codec codec, int width, int height, double frameRate, double contentFactor) {
    double bps =
        atReferenceRate((double) width * height)
            * Math.pow(frameRate / REFERENCE_FPS, FPS_POWER)
            * contentFactor;
    double factor =
        switch (codec) {
          case VP8, H264 -> 1;
          case VP9, AV1 -> NEWER_CODECS;
          case OPUS -> throw new IllegalArgumentException("opus is no video");
        };
    return (int) Math.clamp(Math.round(bps * factor), MIN_BPS, MAX_BPS);
  }

  /**
   * What content that moves so much needs, against usual content: between a half and one and a
   * half.
   *
   * @param motion as {@link MotionMeter} measures it
   */
  public static double contentFactor(double motion) {
    return Math.clamp(
        Math.pow(Math.max(0, motion) / REFERENCE_MOTION, MOTION_POWER),
        LEAST_CONTENT,
        MOST_CONTENT);
  }

  private static double atReferenceRate(double pixels) {
    int upper = 1;
    while (upper < PIXELS_AND_BPS.length - 1 && pixels > PIXELS_AND_BPS[upper][0]) {
      upper++;
    }
    double[] a = PIXELS_AND_BPS[upper - 1];
    double[] b = PIXELS_AND_BPS[upper];
    double slope = Math.log(b[1] / a[1]) / Math.log(b[0] / a[0]);
    return a[1] * Math.pow(pixels / a[0], slope);
  }
}
