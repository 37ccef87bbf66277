package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;

/** Opens the decoder that a stream of a file asks for. */
final class FfmpegReaderDecoders {
  private FfmpegReaderDecoders() {}

  /**
   * <b>Ownership:</b> the caller frees and counts it.
   *
   * @throws MediaException with UNSUPPORTED when FFmpeg here has none, SIZE_LIMIT for pictures that
   *     are too large
   */
  static AVCodecContext open(AVStream stream, ReaderLimits limits) {
    AVCodecParameters said = stream.codecpar();
    checkSize(said, limits);
    return Contexts.openDecoder(
        name(said.codec_id()),
        (context, options) -> {
          Ffmpeg.check(avcodec.avcodec_parameters_to_context(context, said), "parameters");
          context.pkt_timebase(stream.time_base());
          context.thread_count(1);
          context.max_pixels(pixels(limits));
        });
  }

  /** FFmpeg counts rows with their padding; the limit itself is held on what it decodes. */
  static long pixels(ReaderLimits limits) {
    return limits.maxPixels() + (long) FrameShape.ALIGNMENT * FrameShape.MAX_SIDE;
  }

  /** Refuses what its container says is too large. */
  static void checkSize(AVCodecParameters said, ReaderLimits limits) {
    int width = said.width();
    int height = said.height();
    if (Math.max(width, height) > FrameShape.MAX_SIDE
        || (long) width * height > limits.maxPixels()) {
      throw tooLarge(width, height);
    }
  }

  static MediaException tooLarge(int width, int height) {
    return new MediaException(
        MediaException.Code.SIZE_LIMIT, "pictures of " + width + "x" + height + " pixels");
  }

  private static String name(int codecId) {
    // FFmpeg's own decoder of AV1 is a front to hardware.
    if (codecId == avcodec.AV_CODEC_ID_AV1) {
      return FfmpegVideoDecoder.decoderName(Codec.AV1);
    }
    AVCodec codec = avcodec.avcodec_find_decoder(codecId);
    if (codec == null || codec.isNull()) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED,
          "FFmpeg here has no decoder for " + avcodec.avcodec_get_name(codecId).getString());
    }
    return codec.name().getString();
  }
}
