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
 * <p>Times are counted in samples from the first block's PTS. A block that comes more than 100 ms
 * later than the count says starts a new count: what was waiting is filled with silence and
 * delivered before the gap. Time never goes back.
 */
final class OpusEncoder implements AudioEncoder {
  static final String ENCODER_NAME = "libopus";

  private static final int BLOCK_SAMPLES = 960;
  private static final long BLOCK_NANOS = 20_000_000L;
  private static final long GAP_NANOS = 100_000_000L;
  private static final int PAIR_BYTES = AudioFrame.BYTES_PER_SAMPLE_PAIR;

  private final AVCodecContext context;
  private final PacketDrain drain;
  private final AVFrame block;
  private final MemorySegment samples;
  private int filled;
  private long blocksSent;
  private boolean anchored;
  private long nextInNanos;
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

  @Override
  public void encode(AudioFrame pcm, AccessUnitSink sink) {
    requireOpen();
    if (!anchored) {
      anchor(pcm.ptsNanos());
    } else if (pcm.ptsNanos() - nextInNanos > GAP_NANOS) {
      sendPadded(sink);
      anchor(pcm.ptsNanos());
    }
    MemorySegment source = pcm.content();
    int total = pcm.samples();
    int taken = 0;
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
    nextInNanos = nextOutNanos + filled * 1_000_000_000L / AudioFrame.SAMPLE_RATE_HZ;
  }

  private void anchor(long ptsNanos) {
    anchored = true;
    nextInNanos = ptsNanos;
    nextOutNanos = ptsNanos;
  }

  private void sendPadded(AccessUnitSink sink) {
    if (filled > 0) {
      samples.asSlice((long) filled * PAIR_BYTES).fill((byte) 0);
      send(sink);
    }
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
    sendPadded(sink);
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
