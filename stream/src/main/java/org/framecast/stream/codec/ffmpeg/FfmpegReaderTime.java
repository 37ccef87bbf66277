package org.framecast.stream.codec.ffmpeg;

import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** Turns the ticks of one stream of a file into nanoseconds of the reader's time line, and back. */
final class FfmpegReaderTime {
  private final long nanosPerDenominator;
  private final long denominator;
  private long originNanos;

  FfmpegReaderTime(AVRational timeBase) {
    nanosPerDenominator = TimeUnit.SECONDS.toNanos(1) * Math.max(1, timeBase.num());
    denominator = Math.max(1, timeBase.den());
  }

  /** Where the time line begins, on the file's own. */
  void origin(long nanos) {
    originNanos = nanos;
  }

  long nanos(long ticks) {
    return onLine(length(ticks));
  }

  /** A time of the file's own line on the reader's. */
  long onLine(long fileNanos) {
    return fileNanos - originNanos;
  }

  /** How long so many ticks are: the time on the file's own line. */
  long length(long ticks) {
    return avutil.av_rescale(ticks, nanosPerDenominator, denominator);
  }

  long ticks(long nanos) {
    return avutil.av_rescale(nanos + originNanos, denominator, nanosPerDenominator);
  }
}
