package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;

/**
 * Opus by libopus, 48 kHz stereo in blocks of 20 ms.
 *
 * <p>The units' times follow the blocks'. Where a block's PTS is off what the samples before it say
 * by less than 10 ms, the source's clock is not quite the stream's: no sample is touched, and the
 * time moves by the difference. A block that is later has a gap before it: what was waiting is
 * filled with silence and delivered before the gap. Of one that is earlier, what was heard before
 * is left out. Time never goes back.
 */
final class OpusEncoder implements AudioEncoder {
  static final String ENCODER_NAME = "libopus";

  private static final int BLOCK_SAMPLES = 960;
  private static final long NANOS = 1_000_000_000L;
  private static final long BLOCK_NANOS = 20_000_000L;
  private static final long DRIFT_NANOS = 10_000_000L;
  private static final int PAIR_BYTES = AudioFrame.BYTES_PER_SAMPLE_PAIR;

  private final AVCodecContext context;
  private final PacketDrain drain;
  private final AVFrame block;
  private final MemorySegment samples;
  private int filled;
  private long blocksSent;
  private boolean anchored;
  private long nextOutNanos;
  private boolean flushed;
  private boolean closed;

  OpusEncoder(int bitrateBps, BufferPool pool) {
    context = Contexts.openEncoder(ENCODER_NAME, (c, options) -> configure(c, bitrateBps, options));
    drain = new PacketDrain(Codec.OPUS, pool);
    block = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
    block.format(avutil.AV_SAMPLE_FMT_FLT);
    block.nb_samples(BLOCK_SAMPLES);
    block.sample_rate(AudioFrame.SAMPLE_RATE_HZ);
    avutil.av_channel_layout_default(block.ch_layout(), AudioFrame.CHANNELS);
    Ffmpeg.check(avutil.av_frame_get_buffer(block, 0), "frame memory");
    samples = Ffmpeg.view(block.data(0).address(), (long) BLOCK_SAMPLES * PAIR_BYTES);
    Ffmpeg.opened();
  }

  private static void configure(AVCodecContext context, int bitrateBps, AVDictionary options) {
    context.sample_fmt(avutil.AV_SAMPLE_FMT_FLT);
    context.sample_rate(AudioFrame.SAMPLE_RATE_HZ);
    avutil.av_channel_layout_default(context.ch_layout(), AudioFrame.CHANNELS);
    context.time_base().num(1).den(AudioFrame.SAMPLE_RATE_HZ);
    context.bit_rate(bitrateBps);
    context.compression_level(5);
    avutil.av_dict_set(options, "frame_duration", "20", 0);
    avutil.av_dict_set(options, "application", "audio", 0);
  }

  /** Samples that a decoder makes before the first true one. */
  int delaySamples() {
    return context.initial_padding();
  }

  @Override
  public int encode(AudioFrame pcm, AccessUnitSink sink) {
    requireOpen();
    int late = align(pcm, sink);
    int taken = late;
    MemorySegment source = pcm.content();
    int total = pcm.samples();
    while (taken < total) {
      int count = Math.min(total - taken, BLOCK_SAMPLES - filled);
      MemorySegment.copy(
          source,
          (long) taken * PAIR_BYTES,
          samples,
          (long) filled * PAIR_BYTES,
          (long) count * PAIR_BYTES);
      taken += count;
      filled += count;
      if (filled == BLOCK_SAMPLES) {
        send(sink);
      }
    }
    return late;
  }

  /** Brings the count to the block's time; how many of its samples come too late to be heard. */
  private int align(AudioFrame pcm, AccessUnitSink sink) {
    long nextInNanos = nextOutNanos + filled * NANOS / AudioFrame.SAMPLE_RATE_HZ;
    long ahead = pcm.ptsNanos() - nextInNanos;
    if (!anchored || ahead >= DRIFT_NANOS) {
      anchored = true;
      pass(ahead, pcm.ptsNanos(), sink);
      return 0;
    }
    if (ahead > -DRIFT_NANOS) {
      nextOutNanos += ahead;
      return 0;
    }
    return (int) Math.min(pcm.samples(), -ahead * AudioFrame.SAMPLE_RATE_HZ / NANOS);
  }

  /** Passes over a gap: what was begun is filled with silence, what lies between is not sent. */
  private void pass(long gapNanos, long ptsNanos, AccessUnitSink sink) {
    if (filled > 0) {
      addSilence((int) Math.min(BLOCK_SAMPLES, gapNanos * AudioFrame.SAMPLE_RATE_HZ / NANOS));
      if (filled < BLOCK_SAMPLES) {
        return;
      }
      send(sink);
    }
    nextOutNanos = ptsNanos;
  }

  private void addSilence(int most) {
    int count = Math.min(most, BLOCK_SAMPLES - filled);
    samples.asSlice((long) filled * PAIR_BYTES, (long) count * PAIR_BYTES).fill((byte) 0);
    filled += count;
  }

  private void send(AccessUnitSink sink) {
    filled = 0;
    block.pts(blocksSent++ * BLOCK_SAMPLES);
    Ffmpeg.check(avcodec.avcodec_send_frame(context, block), "encode Opus");
    drain.drain(context, sink, this::nextPtsNanos);
  }

  /** One packet for each block, in order: libopus's own time stamps start before the first. */
  private long nextPtsNanos(long libraryPts) {
    long ptsNanos = nextOutNanos;
    nextOutNanos += BLOCK_NANOS;
    return ptsNanos;
  }

  @Override
  public void flush(AccessUnitSink sink) {
    if (flushed) {
      return;
    }
    requireOpen();
    if (filled > 0) {
      addSilence(BLOCK_SAMPLES);
      send(sink);
    }
    flushed = true;
    Ffmpeg.check(avcodec.avcodec_send_frame(context, null), "flush Opus");
    drain.drain(context, sink, this::nextPtsNanos);
  }

  private void requireOpen() {
    if (closed || flushed) {
      throw new IllegalStateException(closed ? "encoder is CLOSED" : "encoder is FLUSHED");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    drain.close();
    avutil.av_frame_free(block);
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
