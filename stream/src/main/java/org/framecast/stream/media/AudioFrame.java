package org.framecast.stream.media;

import java.lang.foreign.MemorySegment;

/**
 * A block of PCM: float32, native byte order, interleaved stereo, 48 kHz.
 *
 * <p><b>Ownership:</b> owns one hold on {@code pcm}.
 *
 * @param ptsNanos presentation time of the first sample on the stream's own time line
 */
public record AudioFrame(MediaBuffer pcm, long ptsNanos) implements MediaItem {
  public static final int SAMPLE_RATE_HZ = 48_000;
  public static final int CHANNELS = 2;

  /** Bytes of one sample of both channels. */
  public static final int BYTES_PER_SAMPLE_PAIR = CHANNELS * Float.BYTES;

  public AudioFrame {
    if (pcm.sizeBytes() % BYTES_PER_SAMPLE_PAIR != 0) {
      throw new IllegalArgumentException(pcm.sizeBytes() + " bytes are no whole sample pairs");
    }
  }

  /** Samples of each channel. */
  public int samples() {
    return pcm.sizeBytes() / BYTES_PER_SAMPLE_PAIR;
  }

  /** The interleaved samples. */
  public MemorySegment content() {
    return pcm.content();
  }

  /** The same block for a second owner, who closes it; nothing is copied. */
  public AudioFrame share() {
    pcm.hold();
    return this;
  }

  @Override
  public void close() {
    pcm.close();
  }
}
