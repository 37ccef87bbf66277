package org.framecast.stream.sink;

import org.framecast.stream.codec.TrackCodec;

/**
 * How many bits a quality asks for.
 *
 * <p>A tenth of a bit for each pixel at quality 50, twice as much every sixteen steps: 720p at 30
 * frames a second gets 2.8 Mb/s at 50 and 4.2 Mb/s at 60. The newer codecs need 0.7 of that.
 */
final class SinkBitrate {
  private static final double BITS_PER_PIXEL = 0.1;
  private static final double MIDDLE = 50;
  private static final double DOUBLES_EVERY = 16;
  private static final double NEWER_CODECS = 0.7;
  static final int MIN_BPS = 60_000;

  private static final int MAX_BPS = 100_000_000;

  private SinkBitrate() {}

  static int bps(TrackCodec codec, int width, int height, double frameRate, int quality) {
    double newer =
        switch (codec) {
          case VP8, H264 -> 1;
          case VP9, AV1, H265 -> NEWER_CODECS;
          case OPUS, AAC -> throw new IllegalArgumentException(codec + " codes no pictures");
        };
    double bits = BITS_PER_PIXEL * Math.pow(2, (quality - MIDDLE) / DOUBLES_EVERY) * newer;
    return (int) Math.clamp(Math.round(bits * width * height * frameRate), MIN_BPS, MAX_BPS);
  }
}
