package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.AudioDecoder;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;

/**
 * Opus by libopus, which interleaves its samples as the stream wants them and makes stereo of mono.
 */
final class OpusDecoder implements AudioDecoder {
  static final String DECODER_NAME = "libopus";

  private final BufferPool pool;
  private final AVCodecContext context;
  private final AVFrame block = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private boolean closed;

  OpusDecoder(BufferPool pool) {
    this.pool = pool;
    boolean done = false;
    try {
      context = Contexts.openDecoder(DECODER_NAME, OpusDecoder::configure);
      done = true;
    } finally {
      if (!done) {
        avutil.av_frame_free(block);
      }
    }
    Ffmpeg.opened();
  }

  private static void configure(AVCodecContext decoder, AVDictionary options) {
    decoder.request_sample_fmt(avutil.AV_SAMPLE_FMT_FLT);
    decoder.sample_rate(AudioFrame.SAMPLE_RATE_HZ);
    avutil.av_channel_layout_default(decoder.ch_layout(), AudioFrame.CHANNELS);
    decoder.thread_count(1);
  }

  @Override
  public void decode(AccessUnit unit, Consumer<AudioFrame> sink) {
    if (closed) {
      throw new IllegalStateException("decoder is closed");
    }
    if (unit.codec() != Codec.OPUS) {
      throw new IllegalArgumentException(unit.codec() + " for a decoder of sound");
    }
    boolean done = false;
    try {
      read(unit.data());
      done = true;
    } finally {
      if (!done) {
        avcodec.avcodec_flush_buffers(context);
      }
    }
    AudioFrame frame;
    try {
      frame = new AudioFrame(copy(), unit.ptsNanos());
    } finally {
      avutil.av_frame_unref(block);
    }
    sink.accept(frame);
  }

  private void read(MediaBuffer data) {
    if (data.sizeBytes() == 0) {
      throw new MediaException(MediaException.Code.MALFORMED, "opus: no bytes");
    }
    WrappedBuffer wrapped = WrappedBuffer.of(data);
    int result;
    synchronized (wrapped) {
      result = avcodec.avcodec_send_packet(context, wrapped.packet(data.sizeBytes()));
    }
    if (result >= 0) {
      result = avcodec.avcodec_receive_frame(context, block);
    }
    if (result < 0) {
      throw new MediaException(MediaException.Code.MALFORMED, "opus: " + Ffmpeg.text(result));
    }
  }

  private MediaBuffer copy() {
    int bytes = block.nb_samples() * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer pcm = pool.acquire(bytes).sizeBytes(bytes);
    MemorySegment.copy(Ffmpeg.view(block.data(0).address(), bytes), 0, pcm.block(), 0, bytes);
    return pcm;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    avutil.av_frame_free(block);
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
