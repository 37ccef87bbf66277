package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sound of a file in blocks of 20 ms, each with the time of its first sample.
 *
 * <p>Samples follow each other without a seam as long as the file's times say so to within {@value
 * #SEAM_MILLIS} ms. A gap in its times is a gap between blocks; what comes a second time is left
 * out.
 *
 * <p><b>Thread:</b> its reader's.
 */
final class FfmpegReaderAudio implements AutoCloseable {
  private static final int BLOCK_SAMPLES = AudioFrame.SAMPLE_RATE_HZ / 50;
  private static final int SEAM_MILLIS = 40;
  private static final long SEAM_NANOS = TimeUnit.MILLISECONDS.toNanos(SEAM_MILLIS);
  private static final long UNSET = Long.MIN_VALUE;

  private final BufferPool pool;
  private final FfmpegReaderSamples samples;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment block =
      arena.allocate((long) BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR, Float.BYTES);

  /** Samples in the block so far, and whether they are given as they are. */
  private int filled;

  private boolean complete;

  /** The time of sample 0, and how many samples came since, those in the block included. */
  private long baseNanos = UNSET;

  private long sinceBase;

  /** Sound before this is left out. */
  private long fromNanos;

  private long skip;

  FfmpegReaderAudio(
      MediaReaderSettings settings,
      AVStream stream,
      FfmpegReaderInput input,
      FfmpegReaderDamage damage,
      BufferPool pool) {
    this.pool = pool;
    boolean done = false;
    try {
      samples = new FfmpegReaderSamples(settings, stream, input, damage);
      done = true;
    } finally {
      if (!done) {
        arena.close();
      }
    }
  }

  FfmpegReaderTime time() {
    return samples.time();
  }

  /** Whether some of it was read already. */
  boolean waits() {
    return samples.waits();
  }

  /** The time of the first sample, or {@code otherwise} when there is none near by. */
  long firstNanos(long otherwise) {
    return samples.fill() ? samples.nanos() : otherwise;
  }

  /**
   * Decodes until a block is there.
   *
   * @return false at the end, and when none can be had now
   */
  boolean fill() {
    while (!complete) {
      if (!samples.fill()) {
        complete = samples.ended() && filled > 0;
        return complete;
      }
      if (samples.begins() && !join()) {
        return true;
      }
      append();
    }
    return true;
  }

  /** Says where the samples that begin belong; false when the block ends before them. */
  private boolean join() {
    long nanos = samples.nanos();
    if (baseNanos == UNSET) {
      baseNanos = Math.max(nanos, fromNanos);
      sinceBase = 0;
      skip = Math.max(0, samplesOf(fromNanos - nanos));
    } else {
      long offNanos = nanos - timeOf(sinceBase);
      if (offNanos > SEAM_NANOS) {
        if (filled > 0) {
          complete = true;
          return false;
        }
        baseNanos = nanos;
        sinceBase = 0;
      } else if (offNanos < -SEAM_NANOS) {
        skip = samplesOf(-offNanos);
      }
    }
    samples.begun();
    return true;
  }

  private void append() {
    int passed = (int) Math.min(skip, samples.count());
    samples.drop(passed);
    skip -= passed;
    int taken = Math.min(BLOCK_SAMPLES - filled, samples.count());
    samples.take(taken, block, filled);
    filled += taken;
    sinceBase += taken;
    complete = filled == BLOCK_SAMPLES;
  }

  private static long samplesOf(long nanos) {
    return Math.round((double) nanos * AudioFrame.SAMPLE_RATE_HZ / TimeUnit.SECONDS.toNanos(1));
  }

  private long timeOf(long sample) {
    return baseNanos + sample * TimeUnit.SECONDS.toNanos(1) / AudioFrame.SAMPLE_RATE_HZ;
  }

  /** The time of the block that is there. */
  long nanos() {
    return timeOf(sinceBase - filled);
  }

  boolean ended() {
    return samples.ended() && filled == 0;
  }

  /**
   * Gives the block that is there.
   *
   * @return null when the pool has no room; it is still there then
   */
  @Nullable AudioFrame take() {
    int bytes = filled * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer pcm = pool.tryAcquire(bytes);
    if (pcm == null) {
      return null;
    }
    pcm.sizeBytes(bytes);
    MemorySegment.copy(block, 0, pcm.block(), 0, bytes);
    AudioFrame given = new AudioFrame(pcm, nanos());
    filled = 0;
    complete = false;
    return given;
  }

  /** Forgets what it holds, and leaves out what comes before that time. */
  void restart(long from) {
    samples.restart();
    filled = 0;
    complete = false;
    baseNanos = UNSET;
    sinceBase = 0;
    fromNanos = from;
    skip = 0;
  }

  @Override
  public void close() {
    samples.close();
    arena.close();
  }
}
