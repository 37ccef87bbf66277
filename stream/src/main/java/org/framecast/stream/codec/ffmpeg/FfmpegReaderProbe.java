package org.framecast.stream.codec.ffmpeg;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.media.MediaException;

/**
 * Opens a file and finds out what is inside, within limits.
 *
 * <p>Only containers of a list are opened, which holds none that leads to other files, and only by
 * the protocol that reads plain files.
 *
 * <p><b>Ownership:</b> the caller closes what is returned.
 */
final class FfmpegReaderProbe {
  /** FFmpeg's names: mov stands for mp4 and m4a, matroska for webm. */
  private static final String CONTAINERS = "mov,matroska,avi,mpegts,ivf,ogg,wav";

  private static final String PROTOCOL = "file";
  private static final int NO_ENTRY = -2;
  private static final int NO_ACCESS = -13;
  private static final int INPUT_OUTPUT = -5;
  private static final int INVALID_ARGUMENT = -22;

  private FfmpegReaderProbe() {}

  static AVFormatContext open(Path file, ReaderLimits limits) {
    AVFormatContext made = Ffmpeg.allocated(avformat.avformat_alloc_context(), "container");
    AVDictionary options = options(limits);
    try {
      // FFmpeg frees the context when it fails.
      int result =
          avformat.avformat_open_input(made, PROTOCOL + ":" + file.toAbsolutePath(), null, options);
      if (result < 0) {
        throw refusal(file, result);
      }
    } finally {
      avutil.av_dict_free(options);
    }
    boolean done = false;
    try {
      look(made, limits);
      done = true;
      return made;
    } finally {
      if (!done) {
        avformat.avformat_close_input(made);
      }
    }
  }

  private static AVDictionary options(ReaderLimits limits) {
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
    avutil.av_dict_set(options, "protocol_whitelist", PROTOCOL, 0);
    avutil.av_dict_set_int(options, "probesize", limits.probeBytes(), 0);
    avutil.av_dict_set_int(
        options,
        "analyzeduration",
        TimeUnit.NANOSECONDS.toMicros(limits.probeDuration().toNanos()),
        0);
    avutil.av_dict_set_int(options, "max_streams", limits.maxStreams(), 0);
    return options;
  }

  private static MediaException refusal(Path file, int result) {
    String name = "the file " + file.getFileName();
    return switch (result) {
      case NO_ENTRY, NO_ACCESS, INPUT_OUTPUT ->
          new MediaException(
              MediaException.Code.SOURCE_FAILED,
              name + " cannot be opened: " + Ffmpeg.text(result));
      case INVALID_ARGUMENT ->
          new MediaException(
              MediaException.Code.UNSUPPORTED, name + " has a container that is not read here");
      default ->
          new MediaException(
              MediaException.Code.MALFORMED,
              name + " holds no media that can be read: " + Ffmpeg.text(result));
    };
  }

  /** Reads a little of each stream. What is decoded for that keeps to the limit of pixels too. */
  private static void look(AVFormatContext container, ReaderLimits limits) {
    int streams = container.nb_streams();
    if (streams > limits.maxStreams()) {
      throw new MediaException(MediaException.Code.SIZE_LIMIT, streams + " streams in one file");
    }
    for (int i = 0; i < streams; i++) {
      // Before a decoder fails by it, and FFmpeg forgets the size.
      FfmpegReaderDecoders.checkSize(container.streams(i).codecpar(), limits);
    }
    PointerPointer<AVDictionary> each = new PointerPointer<>(Math.max(1, streams));
    try {
      for (int i = 0; i < streams; i++) {
        AVDictionary options = new AVDictionary(null);
        avutil.av_dict_set_int(options, "max_pixels", FfmpegReaderDecoders.pixels(limits), 0);
        each.put(i, options);
      }
      int result = avformat.avformat_find_stream_info(container, each);
      if (result < 0) {
        throw new MediaException(
            MediaException.Code.MALFORMED,
            "nothing is known of its streams: " + Ffmpeg.text(result));
      }
    } finally {
      for (int i = 0; i < streams; i++) {
        AVDictionary unused = each.get(AVDictionary.class, i);
        if (unused != null) {
          avutil.av_dict_free(unused);
        }
      }
      each.close();
    }
  }
}
