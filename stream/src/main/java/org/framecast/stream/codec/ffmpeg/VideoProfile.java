package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;

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
    @Override
    void apply(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options) {
      if (settings.width() % 2 != 0 || settings.height() % 2 != 0) {
        // openh264 would cut the last row and column off without a word.
        throw new MediaException(
            MediaException.Code.UNSUPPORTED,
            "H264 of odd size " + settings.width() + "x" + settings.height());
      }
      context.profile(avcodec.AV_PROFILE_H264_CONSTRAINED_BASELINE);
      set(options, "rc_mode", "bitrate");
      set(options, "allow_skip_frames", "0");
    }
  };

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

  /** Fills a context that is not open yet, and the options to open it with. */
  void configure(AVCodecContext context, VideoEncoderSettings settings, AVDictionary options) {
    context.width(settings.width());
    context.height(settings.height());
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
