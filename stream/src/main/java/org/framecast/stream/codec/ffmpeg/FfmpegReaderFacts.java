package org.framecast.stream.codec.ffmpeg;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.framecast.stream.media.AudioInfo;

/** What a container says of itself and its streams, as far as one may believe it. */
final class FfmpegReaderFacts {
  private static final double MAX_RATE = 1_000;
  private static final int MAX_ENTRIES = 64;
  private static final int MAX_TEXT = 1_024;

  private FfmpegReaderFacts() {}

  /**
   * The stream of pictures or sound that is meant to be shown.
   *
   * @param related the stream that it goes with; -1 for none
   * @return its index, or -1; a cover picture is no stream of pictures
   */
  static int best(AVFormatContext container, int type, int related) {
    int best =
        avformat.av_find_best_stream(container, type, -1, related, (PointerPointer<?>) null, 0);
    if (best < 0) {
      return -1;
    }
    boolean cover =
        (container.streams(best).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0;
    return cover ? -1 : best;
  }

  /** Frames a second, on average; 0 when nothing credible is said. */
  static double frameRate(AVStream stream) {
    double average = number(stream.avg_frame_rate());
    return average > 0 ? average : number(stream.r_frame_rate());
  }

  private static double number(AVRational said) {
    double rate = said.den() == 0 ? 0 : (double) said.num() / said.den();
    return rate > 0 && rate <= MAX_RATE ? rate : 0;
  }

  static AudioInfo sound(AVStream stream) {
    return new AudioInfo(
        Math.max(1, stream.codecpar().sample_rate()),
        Math.max(1, stream.codecpar().ch_layout().nb_channels()));
  }

  /** What is said by the container, or by its first and last time; a guess by the rate is not. */
  static Optional<Duration> duration(AVFormatContext container) {
    boolean known =
        container.duration() != avutil.AV_NOPTS_VALUE
            && container.duration() > 0
            && container.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_BITRATE;
    return known
        ? Optional.of(Duration.of(container.duration(), ChronoUnit.MICROS))
        : Optional.empty();
  }

  static String codec(AVStream stream) {
    return avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString();
  }

  /** What the container says of itself; not more than is good for one who shows it. */
  static Map<String, String> metadata(AVFormatContext container) {
    Map<String, String> all = new LinkedHashMap<>();
    AVDictionary said = container.metadata();
    AVDictionaryEntry entry = avutil.av_dict_iterate(said, null);
    while (entry != null && !entry.isNull() && all.size() < MAX_ENTRIES) {
      all.put(text(entry.key().getString()), text(entry.value().getString()));
      entry = avutil.av_dict_iterate(said, entry);
    }
    return all;
  }

  private static String text(String said) {
    return said.length() > MAX_TEXT ? said.substring(0, MAX_TEXT) : said;
  }
}
