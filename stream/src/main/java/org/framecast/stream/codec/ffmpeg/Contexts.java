package org.framecast.stream.codec.ffmpeg;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.media.MediaException;

/**
 * Opens codec contexts, and frees them when the opening fails.
 *
 * <p><b>Ownership:</b> the caller frees and counts what is returned.
 */
final class Contexts {
  private Contexts() {}

  static AVCodecContext openEncoder(
      String name, BiConsumer<AVCodecContext, AVDictionary> configure) {
    return open(avcodec.avcodec_find_encoder_by_name(name), name, configure);
  }

  static AVCodecContext openDecoder(int codecId, Consumer<AVCodecContext> configure) {
    return open(
        avcodec.avcodec_find_decoder(codecId),
        "decoder " + codecId,
        (context, options) -> configure.accept(context));
  }

  static AVCodecContext openDecoder(
      String name, BiConsumer<AVCodecContext, AVDictionary> configure) {
    return open(avcodec.avcodec_find_decoder_by_name(name), name, configure);
  }

  private static AVCodecContext open(
      AVCodec codec, String name, BiConsumer<AVCodecContext, AVDictionary> configure) {
    if (codec == null || codec.isNull()) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, "FFmpeg here has no " + name);
    }
    AVCodecContext context = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec), name);
    AVDictionary options = new AVDictionary(null);
    boolean done = false;
    try {
      configure.accept(context, options);
      Ffmpeg.check(avcodec.avcodec_open2(context, codec, options), "open " + name);
      if (avutil.av_dict_count(options) > 0) {
        throw new IllegalStateException(name + " does not know all of its options");
      }
      done = true;
      return context;
    } finally {
      avutil.av_dict_free(options);
      if (!done) {
        avcodec.avcodec_free_context(context);
      }
    }
  }
}
