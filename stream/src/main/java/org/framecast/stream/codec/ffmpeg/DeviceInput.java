package org.framecast.stream.codec.ffmpeg;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.media.MediaException;

/**
 * An open device of FFmpeg's, and the decoder for what it gives.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> the caller closes it.
 */
final class DeviceInput implements AutoCloseable {
  private final String name;
  private final AVFormatContext input;
  private final AVStream stream;
  private final AVCodecContext decoder;

  private DeviceInput(String name, AVFormatContext input, AVStream stream, AVCodecContext decoder) {
    this.name = name;
    this.input = input;
    this.stream = stream;
    this.decoder = decoder;
    Ffmpeg.opened();
  }

  /**
   * @throws MediaException with UNSUPPORTED for a format that is not here, SOURCE_FAILED when the
   *     device cannot be opened
   */
  static DeviceInput open(String format, DeviceArguments arguments, DeviceKind kind) {
    AVInputFormat found = avformat.av_find_input_format(format);
    if (found == null || found.isNull()) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED, "FFmpeg here has no input named " + format);
    }
    String name = format + " " + arguments.url();
    AVFormatContext input = openInput(name, found, arguments);
    boolean done = false;
    try {
      int index =
          avformat.av_find_best_stream(
              input,
              kind == DeviceKind.AUDIO ? avutil.AVMEDIA_TYPE_AUDIO : avutil.AVMEDIA_TYPE_VIDEO,
              -1,
              -1,
              (org.bytedeco.javacpp.PointerPointer<?>) null,
              0);
      if (index < 0) {
        throw failed(name, index);
      }
      AVStream stream = input.streams(index);
      DeviceInput open = new DeviceInput(name, input, stream, openDecoder(stream));
      done = true;
      return open;
    } finally {
      if (!done) {
        avformat.avformat_close_input(input);
      }
    }
  }

  private static AVFormatContext openInput(
      String name, AVInputFormat format, DeviceArguments arguments) {
    AVFormatContext input = Ffmpeg.allocated(avformat.avformat_alloc_context(), "device");
    // Else a read from a device that is silent could not be ended from outside.
    input.flags(input.flags() | AVFormatContext.AVFMT_FLAG_NONBLOCK);
    AVDictionary options = new AVDictionary(null);
    try {
      for (Map.Entry<String, String> option : arguments.options().entrySet()) {
        avutil.av_dict_set(options, option.getKey(), option.getValue(), 0);
      }
      int result = avformat.avformat_open_input(input, arguments.url(), format, options);
      if (result < 0) {
        throw failed(name, result);
      }
      return input;
    } finally {
      avutil.av_dict_free(options);
    }
  }

  private static AVCodecContext openDecoder(AVStream stream) {
    return Contexts.openDecoder(
        stream.codecpar().codec_id(),
        decoder -> {
          Ffmpeg.check(avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()), "device");
          if (decoder.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC
              && decoder.ch_layout().nb_channels() > 0) {
            int channels = decoder.ch_layout().nb_channels();
            avutil.av_channel_layout_default(decoder.ch_layout(), channels);
          }
          decoder.thread_count(1);
        });
  }

  static MediaException failed(String name, int error) {
    return new MediaException(
        MediaException.Code.SOURCE_FAILED, "device " + name + ": " + Ffmpeg.text(error));
  }

  String name() {
    return name;
  }

  AVStream stream() {
    return stream;
  }

  AVCodecContext decoder() {
    return decoder;
  }

  /** Reads a packet of any of its streams; FFmpeg's error as a negative number. */
  int read(AVPacket packet) {
    return avformat.av_read_frame(input, packet);
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(decoder);
    avformat.avformat_close_input(input);
    Ffmpeg.closed();
  }
}
