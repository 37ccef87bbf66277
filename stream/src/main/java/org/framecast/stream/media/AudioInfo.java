package org.framecast.stream.media;

/**
 * What a source's sound was before it became blocks of 48 kHz stereo.
 *
 * @param sampleRateHz of the original
 * @param channels of the original
 */
public record AudioInfo(int sampleRateHz, int channels) {
  /** Sound that is in the working format of every stream from its beginning. */
  public static final AudioInfo WORKING =
      new AudioInfo(AudioFrame.SAMPLE_RATE_HZ, AudioFrame.CHANNELS);

  public AudioInfo {
    if (sampleRateHz < 1 || channels < 1) {
      throw new IllegalArgumentException(channels + " channels at " + sampleRateHz + " Hz");
    }
  }
}
