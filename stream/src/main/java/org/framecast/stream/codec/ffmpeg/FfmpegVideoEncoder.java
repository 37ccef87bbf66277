package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;

/**
 * VP8 and VP9 by libvpx, H264 by openh264, AV1 by libaom. The picture is read where it lies: FFmpeg
 * counts a reference on the pooled block and has given it up when {@code encode} returns.
 *
 * <p>A unit that could not be delivered leaves a hole that decoders cannot bridge, so the picture
 * after it becomes a keyframe.
 */
final class FfmpegVideoEncoder implements VideoEncoder {
  private enum State {
    OPEN,
    FLUSHED,
    CLOSED
  }

  private final VideoEncoderSettings settings;
  private final FrameShape shape;
  private final long frameDurationTicks;
  private final PtsMemory times = new PtsMemory();
  private final AVFrame picture = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private final AVCodecContext context;
  private final PacketDrain drain;
  private State state = State.OPEN;
  private boolean keyframeDue;

  FfmpegVideoEncoder(VideoProfile profile, VideoEncoderSettings settings, BufferPool pool) {
    this.settings = settings;
    shape = FrameShape.i420(settings.width(), settings.height());
    frameDurationTicks = Math.round(PtsMemory.TICKS_PER_SECOND / settings.frameRate());
    boolean done = false;
    try {
      context =
          Contexts.openEncoder(
              profile.encoderName(), (c, options) -> profile.configure(c, settings, options));
      done = true;
    } finally {
      if (!done) {
        avutil.av_frame_free(picture);
      }
    }
    drain = new PacketDrain(settings.codec(), pool);
    Ffmpeg.opened();
  }

  @Override
  public void encode(VideoFrame frame, long ptsNanos, Keyframe keyframe, AccessUnitSink sink) {
    require(State.OPEN);
    if (!frame.shape().equals(shape)) {
      throw new IllegalArgumentException(frame.shape() + " for an encoder of " + shape);
    }
    boolean force = keyframe == Keyframe.FORCE || keyframeDue;
    keyframeDue = true;
    send(frame, ptsNanos, force);
    drain.drain(context, sink, times);
    keyframeDue = false;
  }

  private void send(VideoFrame frame, long ptsNanos, boolean force) {
    // A reference of its own: other encoders may be at work on the same frame.
    WrappedFrame.of(frame).shareTo(picture);
    try {
      picture.pts(times.remember(ptsNanos));
      picture.duration(frameDurationTicks);
      picture.pict_type(force ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
      Ffmpeg.check(avcodec.avcodec_send_frame(context, picture), "encode");
    } finally {
      avutil.av_frame_unref(picture);
    }
  }

  @Override
  public void flush(AccessUnitSink sink) {
    if (state == State.FLUSHED) {
      return;
    }
    require(State.OPEN);
    state = State.FLUSHED;
    Ffmpeg.check(avcodec.avcodec_send_frame(context, null), "flush");
    drain.drain(context, sink, times);
  }

  private void require(State wanted) {
    if (state != wanted) {
      throw new IllegalStateException("encoder is " + state);
    }
  }

  @Override
  public VideoEncoderSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    drain.close();
    avutil.av_frame_free(picture);
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
