package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.SoundTrackEncoder;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;

/**
 * AAC-LC by FFmpeg's own encoder, 48 kHz stereo in units of 1,024 samples.
 *
 * <p>Times are counted in samples from the first block's PTS; a gap of more than 100 ms is filled
 * with silence, so that the count stays true. Time never goes back.
 */
final class AacEncoder implements SoundTrackEncoder {
  private static final String ENCODER_NAME = "aac";
  private static final int UNIT_SAMPLES = 1_024;
  private static final long GAP_SAMPLES = AudioFrame.SAMPLE_RATE_HZ / 10;
  private static final long NANOS = 1_000_000_000L;

  private final BufferPool pool;
  private final AVCodecContext context;
  private final EncodedPacket encoded = new EncodedPacket();
  private final AVFrame block;
  private final TrackFormat.Sound format;
  private boolean anchored;
  private long anchorNanos;
  private long samples;
  private int filled;
  private boolean flushed;
  private boolean closed;

  AacEncoder(int bitrateBps, BufferPool pool) {
    this.pool = pool;
    context = Contexts.openEncoder(ENCODER_NAME, (c, options) -> configure(c, bitrateBps, options));
    byte[] configuration = new byte[context.extradata_size()];
    context.extradata().get(configuration);
    format =
        new TrackFormat.Sound(
            TrackCodec.AAC, context.initial_padding(), UNIT_SAMPLES, bitrateBps, configuration);
    block = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
    block.format(avutil.AV_SAMPLE_FMT_FLTP);
    block.nb_samples(UNIT_SAMPLES);
    block.sample_rate(AudioFrame.SAMPLE_RATE_HZ);
    avutil.av_channel_layout_default(block.ch_layout(), AudioFrame.CHANNELS);
    Ffmpeg.check(avutil.av_frame_get_buffer(block, 0), "frame memory");
    Ffmpeg.opened();
  }

  private static void configure(AVCodecContext context, int bitrateBps, AVDictionary options) {
    context.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
    context.sample_rate(AudioFrame.SAMPLE_RATE_HZ);
    avutil.av_channel_layout_default(context.ch_layout(), AudioFrame.CHANNELS);
    context.time_base().num(1).den(AudioFrame.SAMPLE_RATE_HZ);
    context.bit_rate(bitrateBps);
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    // The better coder takes four times as long.
    avutil.av_dict_set(options, "aac_coder", "fast", 0);
  }

  @Override
  public TrackFormat.Sound format() {
    return format;
  }

  @Override
  public void encode(AudioFrame pcm, Consumer<TrackUnit> sink) {
    requireOpen();
    if (!anchored) {
      anchored = true;
      anchorNanos = pcm.ptsNanos();
    }
    long due = (pcm.ptsNanos() - anchorNanos) * AudioFrame.SAMPLE_RATE_HZ / NANOS;
    if (due - (samples + filled) > GAP_SAMPLES) {
      silence(due, sink);
    }
    MemorySegment source = pcm.content();
    int total = pcm.samples();
    int taken = 0;
    while (taken < total) {
      int count = Math.min(total - taken, UNIT_SAMPLES - filled);
      for (int channel = 0; channel < AudioFrame.CHANNELS; channel++) {
        copy(source, taken, channel, count);
      }
      taken += count;
      filled += count;
      sendFull(sink);
    }
  }

  private MemorySegment plane(int channel) {
    return Ffmpeg.view(block.data(channel).address(), (long) UNIT_SAMPLES * Float.BYTES);
  }

  private void copy(MemorySegment source, int from, int channel, int count) {
    MemorySegment plane = plane(channel);
    long index = (long) from * AudioFrame.CHANNELS + channel;
    for (int i = 0; i < count; i++) {
      float value = source.getAtIndex(ValueLayout.JAVA_FLOAT, index);
      plane.setAtIndex(ValueLayout.JAVA_FLOAT, filled + i, value);
      index += AudioFrame.CHANNELS;
    }
  }

  private void silence(long until, Consumer<TrackUnit> sink) {
    while (samples + filled < until) {
      int count = (int) Math.min(until - samples - filled, UNIT_SAMPLES - filled);
      clear(count);
      filled += count;
      sendFull(sink);
    }
  }

  private void clear(int count) {
    for (int channel = 0; channel < AudioFrame.CHANNELS; channel++) {
      plane(channel)
          .asSlice((long) filled * Float.BYTES, (long) count * Float.BYTES)
          .fill((byte) 0);
    }
  }

  private void sendFull(Consumer<TrackUnit> sink) {
    if (filled == UNIT_SAMPLES) {
      block.pts(samples);
      samples += UNIT_SAMPLES;
      filled = 0;
      Ffmpeg.check(avcodec.avcodec_send_frame(context, block), "encode AAC");
      drain(sink);
      // The encoder keeps a reference on what it was given.
      Ffmpeg.check(avutil.av_frame_make_writable(block), "frame memory");
    }
  }

  private void drain(Consumer<TrackUnit> sink) {
    while (encoded.receive(context, "encode AAC")) {
      TrackUnit unit;
      try {
        unit = copy();
      } finally {
        encoded.clear();
      }
      try (unit) {
        sink.accept(unit);
      }
    }
  }

  private TrackUnit copy() {
    long pts = encoded.packet().pts();
    return new TrackUnit(
        AccessUnit.Kind.KEYFRAME,
        encoded.copy(pool),
        anchorNanos + nanos(pts),
        nanos(pts + UNIT_SAMPLES) - nanos(pts));
  }

  private static long nanos(long samples) {
    return Math.floorDiv(samples * NANOS, AudioFrame.SAMPLE_RATE_HZ);
  }

  @Override
  public void flush(Consumer<TrackUnit> sink) {
    if (flushed) {
      return;
    }
    requireOpen();
    flushed = true;
    if (filled > 0) {
      clear(UNIT_SAMPLES - filled);
      filled = UNIT_SAMPLES;
      sendFull(sink);
    }
    Ffmpeg.check(avcodec.avcodec_send_frame(context, null), "flush AAC");
    drain(sink);
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
    encoded.close();
    avutil.av_frame_free(block);
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
