package org.framecast.stream.source;

import java.util.concurrent.TimeUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;

/**
 * The places of a file's items on a time line where one round follows the other: a round begins
 * where the last picture of the one before, or its sound, ended.
 *
 * <p><b>Thread:</b> its source's.
 */
final class FileRounds {
  private static final long UNSET = Long.MIN_VALUE;

  private final long expectedFrameNanos;
  private int count = 1;
  private long shift;
  private long roundBegins = UNSET;
  private long endNanos;
  private long pictureNanos = UNSET;
  private long frameNanos;

  FileRounds(MediaInfo info) {
    double rate =
        info.video().map(VideoInfo::expectedFrameRate).orElse(VideoInfo.DEFAULT_FRAME_RATE);
    expectedFrameNanos = Math.round(TimeUnit.SECONDS.toNanos(1) / rate);
    frameNanos = expectedFrameNanos;
  }

  /** Notes an item; says how much later it is on the line than in the file. */
  long place(MediaItem item) {
    long pts = item.ptsNanos();
    if (roundBegins == UNSET) {
      roundBegins = pts;
      shift = count == 1 ? 0 : endNanos - pts;
    }
    long end =
        switch (item) {
          case AudioFrame block ->
              pts + block.samples() * TimeUnit.SECONDS.toNanos(1) / AudioFrame.SAMPLE_RATE_HZ;
          case TimestampedFrame frame -> {
            frameNanos = pictureNanos == UNSET ? expectedFrameNanos : pts - pictureNanos;
            pictureNanos = pts;
            yield pts + frameNanos;
          }
        };
    endNanos = Math.max(endNanos, end + shift);
    return shift;
  }

  /** Whether nothing came in this round. */
  boolean isEmpty() {
    return roundBegins == UNSET;
  }

  /** Rounds that were begun. */
  int count() {
    return count;
  }

  /** Begins the next round. */
  void next() {
    count++;
    roundBegins = UNSET;
    pictureNanos = UNSET;
  }

  /** Begins the first round anew. */
  void restart() {
    count = 1;
    shift = 0;
    roundBegins = UNSET;
    pictureNanos = UNSET;
    endNanos = 0;
  }
}
