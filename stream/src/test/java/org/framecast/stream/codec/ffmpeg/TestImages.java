package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.media.VideoFrame;

/** Image files of every kind that browsers and cameras make, from a packed picture. */
final class TestImages {
  /** An encoder of FFmpeg and the pixel format that it gets. */
  enum Kind {
    JPEG_420("mjpeg", avutil.AV_PIX_FMT_YUVJ420P),
    JPEG_422("mjpeg", avutil.AV_PIX_FMT_YUVJ422P),
    JPEG_444("mjpeg", avutil.AV_PIX_FMT_YUVJ444P),
    PNG_RGB("png", avutil.AV_PIX_FMT_RGB24),
    PNG_RGBA("png", avutil.AV_PIX_FMT_RGBA),
    PNG_GRAY("png", avutil.AV_PIX_FMT_GRAY8),
    WEBP_LOSSY("libwebp", avutil.AV_PIX_FMT_YUV420P),
    WEBP_LOSSY_ALPHA("libwebp", avutil.AV_PIX_FMT_YUVA420P),
    WEBP_LOSSLESS("libwebp", avutil.AV_PIX_FMT_BGRA);

    private final String encoder;
    private final int pixelFormat;

    Kind(String encoder, int pixelFormat) {
      this.encoder = encoder;
      this.pixelFormat = pixelFormat;
    }
  }

  private TestImages() {}

  static byte[] encode(Kind kind, VideoFrame packed) {
    AVFrame picture = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    AVCodecContext context =
        Contexts.openEncoder(kind.encoder, (c, options) -> configure(kind, packed, c, options));
    try (Scaler scaler = new Scaler()) {
      picture.format(kind.pixelFormat);
      picture.width(packed.width());
      picture.height(packed.height());
      picture.color_range(context.color_range());
      Ffmpeg.check(avutil.av_frame_get_buffer(picture, 64), "memory");
      scaler.scale(WrappedFrame.of(packed).frame(), picture);
      picture.quality(2 * avutil.FF_QP2LAMBDA);
      Ffmpeg.check(avcodec.avcodec_send_frame(context, picture), "send");
      Ffmpeg.check(avcodec.avcodec_send_frame(context, null), "end");
      Ffmpeg.check(avcodec.avcodec_receive_packet(context, packet), "receive");
      byte[] file = new byte[packet.size()];
      MemorySegment.copy(
          Ffmpeg.view(packet.data().address(), file.length),
          ValueLayout.JAVA_BYTE,
          0,
          file,
          0,
          file.length);
      return file;
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(picture);
      avcodec.avcodec_free_context(context);
    }
  }

  private static void configure(
      Kind kind,
      VideoFrame packed,
      AVCodecContext context,
      org.bytedeco.ffmpeg.avutil.AVDictionary options) {
    context.width(packed.width());
    context.height(packed.height());
    context.pix_fmt(kind.pixelFormat);
    boolean limited = kind == Kind.WEBP_LOSSY || kind == Kind.WEBP_LOSSY_ALPHA;
    context.color_range(limited ? avutil.AVCOL_RANGE_MPEG : avutil.AVCOL_RANGE_JPEG);
    context.time_base().num(1).den(1);
    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
    context.qmin(2);
    if (kind == Kind.WEBP_LOSSLESS) {
      avutil.av_dict_set(options, "lossless", "1", 0);
    } else if (limited) {
      avutil.av_dict_set(options, "quality", "95", 0);
    }
  }
}
