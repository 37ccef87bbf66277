package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.Codec;

/** How each video encoder is set for real time: no delay, an even bitrate, one thread. */
enum VideoProfile {
  VP8(Codec.VP8, "libvpx") {
    @Override
    void apply(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options) {
      context.qmin(4);
      context.qmax(63);
      set(options, "deadline", "realtime");
      // Negative is a fixed speed; positive would follow the clock, and slow down on an idle
      // machine.
      set(options, "cpu-used", Integer.toString(-settings.speed()));
      set(options, "lag-in-frames", "0");
      set(options, "auto-alt-ref", "0");
      set(options, "error-resilient", "0");
      set(options, "static-thresh", "1");
      set(options, "drop-threshold", "0");
      set(options, "undershoot-pct", "100");
      set(options, "overshoot-pct", "15");
      set(options, "max-intra-rate", Integer.toString(maxIntraPercent(settings)));
    }
  },
  H264(Codec.H264, "libopenh264") {
    /** The encoder takes only even sides: the last odd row or column is not shown. */
    @Override
    int side(int pixels) {
      return pixels & ~1;
    }

    @Override
    void apply(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options) {
      context.profile(avcodec.AV_PROFILE_H264_CONSTRAINED_BASELINE);
      set(options, "rc_mode", "bitrate");
      set(options, "allow_skip_frames", "0");
    }
  },
  VP9(Codec.VP9, "libvpx-vp9") {
    @Override
    void apply(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options) {
      context.qmin(2);
      context.qmax(56);
      set(options, "deadline", "realtime");
      set(options, "cpu-used", Integer.toString(speed(settings, 5, 8)));
      set(options, "lag-in-frames", "0");
      set(options, "auto-alt-ref", "0");
      set(options, "row-mt", "0");
      set(options, "tile-columns", "0");
      set(options, "frame-parallel", "0");
      set(options, "aq-mode", CYCLIC_REFRESH);
      set(options, "static-thresh", "1");
      set(options, "undershoot-pct", "50");
      set(options, "overshoot-pct", "50");
      set(options, "max-intra-rate", Integer.toString(maxIntraPercent(settings)));
    }
  },
  /**
   * libaom and not SVT-AV1: it gives the unit of a picture before it takes the next, on the
   * caller's thread.
   */
  AV1(Codec.AV1, "libaom-av1") {
    @Override
    void apply(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options) {
      context.qmin(10);
      context.qmax(56);
      set(options, "usage", "realtime");
      set(options, "lag-in-frames", "0");
      set(options, "row-mt", "0");
      set(options, "aq-mode", CYCLIC_REFRESH);
      set(options, "enable-cdef", "1");
      set(options, "enable-global-motion", "0");
      set(options, "enable-obmc", "0");
      set(options, "enable-palette", "0");
      set(options, "enable-restoration", "0");
      set(options, "enable-ref-frame-mvs", "0");
      set(options, "enable-intrabc", "0");
      set(options, "enable-tx64", "0");
      set(options, "undershoot-pct", "50");
      set(options, "overshoot-pct", "50");
      // FFmpeg's own option ends at 8, the library's real-time speeds do not.
      set(
          options,
          "aom-params",
          "cpu-used=%d:max-intra-rate=%d:enable-warped-motion=0:coeff-cost-upd-freq=3:mode-cost-upd-freq=3:mv-cost-upd-freq=3"
              .formatted(speed(settings, 7, 11), maxIntraPercent(settings)));
    }
  };

  private static final String CYCLIC_REFRESH = "3";

  private static final int FRAME_RATE_DENOMINATOR = 1000;

  /** The rate controller's buffer, in milliseconds of the bitrate: what a viewer may be behind. */
  private static final long BUFFER_MILLIS = 600;

  private final Codec codec;
  private final String encoderName;

  VideoProfile(Codec codec, String encoderName) {
    this.codec = codec;
    this.encoderName = encoderName;
  }

  Codec codec() {
    return codec;
  }

  String encoderName() {
    return encoderName;
  }

  abstract void apply(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options);

  /** The coded side of a picture's side. */
  int side(int pixels) {
    return pixels;
  }

  /** Maps libvpx's sixteen speeds for VP8 to the real-time speeds of another encoder. */
  private static int speed(VideoEncoderSettings settings, int slowest, int fastest) {
    return slowest + Math.round((fastest - slowest) * settings.speed() / 16f);
  }

  /** Fills a context that is not open yet, and the options to open it with. */
  void configure(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options) {
    context.width(side(settings.width()));
    context.height(side(settings.height()));
    context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.color_range(avutil.AVCOL_RANGE_MPEG);
    context.colorspace(avutil.AVCOL_SPC_SMPTE170M);
    context.time_base().num(1).den(PtsMemory.TICKS_PER_SECOND);
    context
        .framerate()
        .num((int) Math.round(settings.frameRate() * FRAME_RATE_DENOMINATOR))
        .den(FRAME_RATE_DENOMINATOR);
    context.gop_size(settings.keyframeIntervalFrames());
    context.max_b_frames(0);
    context.thread_count(1);
    context.bit_rate(settings.bitrateBps());
    context.rc_max_rate(settings.bitrateBps());
    context.rc_min_rate(settings.bitrateBps());
    context.rc_buffer_size((int) (settings.bitrateBps() * BUFFER_MILLIS / 1000));
    apply(context, settings, options);
  }

  /**
   * The largest keyframe as a percentage of the average frame: half of the rate controller's
   * buffer, but at least three frames.
   */
  private static int maxIntraPercent(VideoEncoderSettings settings) {
    double frames = settings.frameRate() * BUFFER_MILLIS / 1000 / 2;
    return (int) Math.max(300, Math.round(frames * 100));
  }

  private static void set(AVDictionary options, String key, String value) {
    Ffmpeg.check(avutil.av_dict_set(options, key, value, 0), key);
  }
}
