package org.framecast.stream.source.pattern;

import java.time.Duration;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.scene.PictureStamp;

/**
 * Number and time in a picture: as digits on a black plate in the middle, and as {@link
 * PictureStamp}.
 *
 * <p><b>Units and shapes:</b> two lines: the number with eight digits, the time as hours, minutes,
 * seconds and milliseconds.
 */
final class PictureLabel {
  static final int NUMBER_DIGITS = 8;
  static final int TIME_CHARACTERS = 12;
  private static final int MARGIN_DOTS = 2;
  private static final int PLATE_WIDTH_DOTS =
      TIME_CHARACTERS * SegmentText.CELL_DOTS + 2 * MARGIN_DOTS;
  private static final int LINE_DOTS = SegmentText.DIGIT_HEIGHT + MARGIN_DOTS;
  private static final int PLATE_HEIGHT_DOTS = 2 * LINE_DOTS + MARGIN_DOTS;

  private PictureLabel() {}

  /** Pixels of a dot in a picture of that size. */
  static int dot(int width, int height) {
    return Math.max(1, Math.min(height / 84, width / (PLATE_WIDTH_DOTS + 8)));
  }

  /** Where the first digit of the number begins. */
  static int left(int width, int height) {
    return plateLeft(width, height) + MARGIN_DOTS * dot(width, height);
  }

  /** Where the line begins: 0 the number, 1 the time. */
  static int top(int width, int height, int line) {
    return plateTop(width, height) + (MARGIN_DOTS + line * LINE_DOTS) * dot(width, height);
  }

  private static int plateLeft(int width, int height) {
    return (width - PLATE_WIDTH_DOTS * dot(width, height)) / 2 & ~1;
  }

  private static int plateTop(int width, int height) {
    return (height - PLATE_HEIGHT_DOTS * dot(width, height)) / 2 & ~1;
  }

  static void paint(VideoFrame frame, long number, Duration time) {
    int width = frame.width();
    int height = frame.height();
    int dot = dot(width, height);
    Planes.fill(
        frame,
        plateLeft(width, height),
        plateTop(width, height),
        PLATE_WIDTH_DOTS * dot,
        PLATE_HEIGHT_DOTS * dot,
        Colour.BLACK);
    int left = left(width, height);
    SegmentText line = new SegmentText(frame, left, top(width, height, 0), dot);
    line.number(number, NUMBER_DIGITS);
    new SegmentText(frame, left, top(width, height, 1), dot)
        .number(time.toHours(), 2)
        .colon()
        .number(time.toMinutesPart(), 2)
        .colon()
        .number(time.toSecondsPart(), 2)
        .point()
        .number(time.toMillisPart(), 3);
    PictureStamp.paint(frame, number);
  }
}
