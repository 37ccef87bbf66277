package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.media.AudioFrame;

/**
 * The sound of a file as runs of float32 stereo at 48 kHz, as the decoder gives them. A run begins
 * where a decoded piece does, and carries its time.
 *
 * <p><b>Thread:</b> its reader's.
 */
final class FfmpegReaderSamples implements AutoCloseable {
  private final FfmpegReaderInput input;
  private final FfmpegReaderPackets packets;
  private final FfmpegReaderDamage damage;
  private final AVCodecContext context;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
  private final AVFrame piece = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private final AVFrame run = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private final SwrContext resampler = Ffmpeg.allocated(swresample.swr_alloc(), "resampler");
  private MemorySegment content = MemorySegment.NULL;
  private int capacity;
  private int at;
  private int end;
  private long fileNanos;
  private long endNanos;
  private boolean begins;
  private boolean any;
  private boolean decoded;
  private boolean ended;

  FfmpegReaderSamples(
      MediaReaderSettings settings,
      AVStream stream,
      FfmpegReaderInput input,
      FfmpegReaderDamage damage) {
    this.input = input;
    this.damage = damage;
    boolean done = false;
    try {
      context = FfmpegReaderDecoders.open(stream, settings.limits());
      done = true;
    } finally {
      if (!done) {
        freeOwn();
      }
    }
    packets = input.want(stream.index());
    Ffmpeg.opened();
  }

  FfmpegReaderTime time() {
    return packets.time();
  }

  /** Whether some of it was read already. */
  boolean waits() {
    return !packets.isEmpty();
  }

  /**
   * Decodes until samples are there.
   *
   * @return false at the end, and when none can be had now
   */
  boolean fill() {
    while (at == end && !ended) {
      if (decoded) {
        flush();
        ended = at == end;
      } else if (decode()) {
        convert();
      } else if (!decoded) {
        return false;
      }
    }
    return at < end;
  }

  private boolean decode() {
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, piece);
      if (result == 0) {
        any = true;
        return true;
      }
      if (result == avutil.AVERROR_EOF()) {
        decoded = true;
        return false;
      }
      if (result != avutil.AVERROR_EAGAIN()) {
        fault(Ffmpeg.text(result));
      } else if (!feed()) {
        return false;
      }
    }
  }

  private boolean feed() {
    if (!input.await(packets)) {
      if (input.ended()) {
        avcodec.avcodec_send_packet(context, null);
        return true;
      }
      return false;
    }
    packets.poll(packet);
    try {
      int result =
          (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0
              ? avutil.AVERROR_INVALIDDATA()
              : avcodec.avcodec_send_packet(context, packet);
      if (result < 0) {
        fault(Ffmpeg.text(result));
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
    return true;
  }

  /** Damage before the first samples is where a recording began. */
  private void fault(String reason) {
    if (any) {
      damage.note("coded sound is broken: " + reason);
    }
  }

  private void convert() {
    long ticks = piece.best_effort_timestamp();
    fileNanos = ticks != avutil.AV_NOPTS_VALUE ? packets.time().length(ticks) : endNanos;
    endNanos = fileNanos + piece.nb_samples() * 1_000_000_000L / Math.max(1, piece.sample_rate());
    try {
      room(piece.nb_samples(), piece.sample_rate());
      int result = swresample.swr_convert_frame(resampler, run, piece);
      if (result == avutil.AVERROR_INPUT_CHANGED) {
        swresample.swr_close(resampler);
        run.nb_samples(capacity);
        result = swresample.swr_convert_frame(resampler, run, piece);
      }
      Ffmpeg.check(result, "resample");
    } finally {
      avutil.av_frame_unref(piece);
    }
    at = 0;
    end = run.nb_samples();
    begins = end > 0;
  }

  /** What the resampler still holds; it belongs behind what was given. */
  private void flush() {
    at = 0;
    end = 0;
    if (swresample.swr_is_initialized(resampler) != 0) {
      room(0, AudioFrame.SAMPLE_RATE_HZ);
      Ffmpeg.check(swresample.swr_convert_frame(resampler, run, null), "resample");
      end = run.nb_samples();
    }
  }

  /** Makes room for what comes out when so many samples go in. */
  private void room(int samples, int rate) {
    int inside =
        swresample.swr_is_initialized(resampler) != 0
            ? swresample.swr_get_out_samples(resampler, 0)
            : 0;
    long needed = inside + (long) samples * AudioFrame.SAMPLE_RATE_HZ / Math.max(1, rate) + 256;
    if (needed > capacity) {
      avutil.av_frame_unref(run);
      run.format(avutil.AV_SAMPLE_FMT_FLT);
      run.sample_rate(AudioFrame.SAMPLE_RATE_HZ);
      avutil.av_channel_layout_default(run.ch_layout(), AudioFrame.CHANNELS);
      capacity = Math.toIntExact(needed);
      run.nb_samples(capacity);
      Ffmpeg.check(avutil.av_frame_get_buffer(run, 0), "samples");
      content =
          Ffmpeg.view(run.data(0).address(), (long) capacity * AudioFrame.BYTES_PER_SAMPLE_PAIR);
    }
    run.nb_samples(capacity);
  }

  /** Samples that are there. */
  int count() {
    return end - at;
  }

  /** The time of the first sample of the run. */
  long nanos() {
    return packets.time().onLine(fileNanos);
  }

  /** Whether nothing of the run was placed yet. */
  boolean begins() {
    return begins;
  }

  /** The run was placed. */
  void begun() {
    begins = false;
  }

  void drop(int samples) {
    at += samples;
  }

  void take(int samples, MemorySegment into, int atSample) {
    long size = AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MemorySegment.copy(content, at * size, into, atSample * size, samples * size);
    at += samples;
  }

  boolean ended() {
    return ended;
  }

  /** Forgets what it holds. */
  void restart() {
    avcodec.avcodec_flush_buffers(context);
    swresample.swr_close(resampler);
    at = 0;
    end = 0;
    begins = false;
    decoded = false;
    ended = false;
  }

  private void freeOwn() {
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(piece);
    avutil.av_frame_free(run);
    swresample.swr_free(resampler);
  }

  @Override
  public void close() {
    freeOwn();
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
