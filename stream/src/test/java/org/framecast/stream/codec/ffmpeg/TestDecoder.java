package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;

/** Decodes what an encoder made, to look at it. */
final class TestDecoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVFrame picture = avutil.av_frame_alloc();

  TestDecoder(Codec codec) {
    context =
        codec == Codec.OPUS
            ? Contexts.openDecoder(avcodec.AV_CODEC_ID_OPUS, c -> c.thread_count(1))
            : Contexts.openDecoder(
                FfmpegVideoDecoder.decoderName(codec), (c, options) -> c.thread_count(1));
  }

  /** The picture in the unit, with as much of FFmpeg's delay as there is taken out by draining. */
  VideoFrame decode(AccessUnit unit, FramePool pool) {
    read(unit);
    VideoFrame frame = pool.acquire(FrameShape.i420(picture.width(), picture.height()));
    for (int p = 0; p < 3; p++) {
      long strideBytes = picture.linesize(p);
      for (int y = 0; y < frame.shape().rows(p); y++) {
        int bytes = frame.shape().rowBytes(p);
        MemorySegment row = Ffmpeg.view(picture.data(p).address() + y * strideBytes, bytes);
        MemorySegment.copy(row, 0, frame.plane(p), (long) y * frame.stride(p), bytes);
      }
    }
    avutil.av_frame_unref(picture);
    return frame;
  }

  /** The left channel's samples in the unit. */
  float[] decodeSound(AccessUnit unit) {
    read(unit);
    float[] left = new float[picture.nb_samples()];
    MemorySegment plane = Ffmpeg.view(picture.data(0).address(), 4L * left.length);
    MemorySegment.copy(plane, ValueLayout.JAVA_FLOAT, 0, left, 0, left.length);
    avutil.av_frame_unref(picture);
    return left;
  }

  private void read(AccessUnit unit) {
    MediaBuffer data = unit.data();
    WrappedBuffer wrapped = WrappedBuffer.of(data);
    Ffmpeg.check(
        avcodec.avcodec_send_packet(context, wrapped.packet(data.sizeBytes())), "send packet");
    int result = avcodec.avcodec_receive_frame(context, picture);
    Ffmpeg.check(result, "receive frame");
  }

  @Override
  public void close() {
    avutil.av_frame_free(picture);
    avcodec.avcodec_free_context(context);
  }
}
