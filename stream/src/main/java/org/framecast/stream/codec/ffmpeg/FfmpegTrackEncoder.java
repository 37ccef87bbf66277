package org.framecast.stream.codec.ffmpeg;

import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.HardwareEncoder;
import org.framecast.stream.codec.PictureTrackEncoder;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;

/**
 * Encoders that only files know: H265 by x265, which is in builds of FFmpeg under the GPL alone,
 * and those of hardware that take pictures from the machine's own memory. No picture waits for
 * another, so that units come in the order of their times.
 */
final class FfmpegTrackEncoder implements PictureTrackEncoder {
  static final String X265 = "libx265";

  private static final int RATE_DENOMINATOR = 1_000;

  private static final String[] PRESETS = {
    "slow", "medium", "fast", "faster", "veryfast", "superfast", "ultrafast"
  };

  private static final int FASTEST = 16;

  private final FrameShape shape;
  private final BufferPool pool;
  private final PtsMemory times = new PtsMemory();
  private final AVFrame picture = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private final AVCodecContext context;
  private final EncodedPacket encoded = new EncodedPacket();
  private boolean closed;

  private FfmpegTrackEncoder(
      String name, Map<String, String> options, PictureTrackSettings settings, BufferPool pool) {
    this.pool = pool;
    shape = FrameShape.i420(settings.width(), settings.height());
    boolean done = false;
    try {
      context =
          Contexts.openEncoder(
              name,
              (opened, dictionary) -> {
                configure(opened, settings);
                options.forEach((key, value) -> set(dictionary, key, value));
              });
      done = true;
    } finally {
      if (!done) {
        avutil.av_frame_free(picture);
        encoded.close();
      }
    }
    Ffmpeg.opened();
  }

  /** H265 by x265. */
  static FfmpegTrackEncoder x265(PictureTrackSettings settings, BufferPool pool) {
    Map<String, String> options =
        Map.of(
            "preset",
            PRESETS[settings.speed() * (PRESETS.length - 1) / FASTEST],
            "tune",
            "zerolatency",
            "forced-idr",
            "1",
            "x265-params",
            "bframes=0:rc-lookahead=0:frame-threads=1:pools=none:log-level=none");
    return new FfmpegTrackEncoder(X265, options, settings, pool);
  }

  /** By the machine's hardware. */
  static FfmpegTrackEncoder of(
      HardwareEncoder hardware, PictureTrackSettings settings, BufferPool pool) {
    Map<String, String> options =
        switch (hardware) {
          case NVENC -> Map.of("forced-idr", "1", "delay", "0");
          case V4L2M2M -> Map.of();
        };
    return new FfmpegTrackEncoder(hardware.nameFor(settings.codec()), options, settings, pool);
  }

  private static void configure(AVCodecContext context, PictureTrackSettings settings) {
    context.width(settings.width()).height(settings.height());
    context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.color_range(avutil.AVCOL_RANGE_MPEG).colorspace(avutil.AVCOL_SPC_SMPTE170M);
    context.time_base().num(1).den(PtsMemory.TICKS_PER_SECOND);
    context
        .framerate()
        .num((int) Math.round(settings.frameRate() * RATE_DENOMINATOR))
        .den(RATE_DENOMINATOR);
    context.gop_size(settings.keyframeIntervalFrames()).max_b_frames(0);
    context.bit_rate(settings.bitrateBps()).thread_count(1);
  }

  private static void set(AVDictionary options, String key, String value) {
    Ffmpeg.check(avutil.av_dict_set(options, key, value, 0), key);
  }

  @Override
  public void encode(VideoFrame frame, long ptsNanos, Keyframe keyframe, Consumer<TrackUnit> sink) {
    if (!frame.shape().equals(shape)) {
      throw new IllegalArgumentException(frame.shape() + " for an encoder of " + shape);
    }
    WrappedFrame.of(frame).shareTo(picture);
    try {
      picture.pts(times.remember(ptsNanos));
      picture.pict_type(
          keyframe == Keyframe.FORCE ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
      Ffmpeg.check(avcodec.avcodec_send_frame(context, picture), "encode");
    } finally {
      avutil.av_frame_unref(picture);
    }
    drain(sink);
  }

  private void drain(Consumer<TrackUnit> sink) {
    while (encoded.receive(context, "encode")) {
      try (TrackUnit unit = unit()) {
        sink.accept(unit);
      } finally {
        encoded.clear();
      }
    }
  }

  private TrackUnit unit() {
    return new TrackUnit(
        encoded.kind(), encoded.copy(pool), times.applyAsLong(encoded.packet().pts()), 0);
  }

  @Override
  public void flush(Consumer<TrackUnit> sink) {
    Ffmpeg.check(avcodec.avcodec_send_frame(context, null), "flush");
    drain(sink);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    encoded.close();
    avutil.av_frame_free(picture);
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
