package org.framecast.stream.codec;

/** One track of a file: its codec, and what a reader must know before the first unit. */
public sealed interface TrackFormat {
  TrackCodec codec();

  /** Average bits a second, as the container says them; 0 when unknown. */
  int bitrateBps();

  /** What a decoder needs before the first unit, as FFmpeg's {@code extradata}; may be empty. */
  byte[] configuration();

  /**
   * Pictures.
   *
   * @param width coded, in pixels
   * @param height coded, in pixels
   * @param frameRate expected frames a second; the true times are those of the units
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Pictures(
      TrackCodec codec,
      int width,
      int height,
      double frameRate,
      int bitrateBps,
      byte[] configuration)
      implements TrackFormat {
    public Pictures {
      if (codec.kind() != TrackCodec.Kind.VIDEO || width < 2 || height < 2 || !(frameRate > 0)) {
        throw new IllegalArgumentException(codec + " of " + width + "x" + height);
      }
    }
  }

  /**
   * Sound of 48 kHz, stereo.
   *
   * @param delaySamples samples that a decoder makes before the first true one
   * @param unitSamples samples of one unit
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Sound(
      TrackCodec codec, int delaySamples, int unitSamples, int bitrateBps, byte[] configuration)
      implements TrackFormat {
    public Sound {
      if (codec.kind() != TrackCodec.Kind.AUDIO || delaySamples < 0 || unitSamples < 1) {
        throw new IllegalArgumentException(codec + " with a delay of " + delaySamples);
      }
    }
  }
}
