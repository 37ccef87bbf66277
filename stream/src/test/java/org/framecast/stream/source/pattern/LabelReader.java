package org.framecast.stream.source.pattern;

import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;
import org.framecast.stream.media.VideoFrame;

/** Reads the digits of a picture as an eye does: by which segments are light. */
public final class LabelReader {
  /** A point of each segment in half dots: top, upper right and so on. */
  private static final int[][] POINTS = {{4, 1}, {7, 4}, {7, 10}, {4, 13}, {1, 10}, {1, 4}, {4, 7}};

  private LabelReader() {}

  /** The number in the picture's middle. */
  public static long number(VideoFrame frame) {
    long number = 0;
    for (int i = 0; i < PictureLabel.NUMBER_DIGITS; i++) {
      number = number * 10 + digit(frame, 0, i).orElseThrow();
    }
    return number;
  }

  /** The time below it. */
  public static String time(VideoFrame frame) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PictureLabel.TIME_CHARACTERS; i++) {
      OptionalInt digit = digit(frame, 1, i);
      text.append(digit.isPresent() ? Integer.toString(digit.getAsInt()) : mark(frame, i));
    }
    return text.toString();
  }

  private static OptionalInt digit(VideoFrame frame, int line, int index) {
    int segments = 0;
    for (int i = 0; i < POINTS.length; i++) {
      segments |= isLight(frame, line, index, POINTS[i]) ? 1 << i : 0;
    }
    for (int digit = 0; digit < SegmentText.SEGMENTS.length; digit++) {
      if (SegmentText.SEGMENTS[digit] == segments) {
        return OptionalInt.of(digit);
      }
    }
    return OptionalInt.empty();
  }

  private static String mark(VideoFrame frame, int index) {
    return isLight(frame, 1, index, new int[] {3, 5}) ? ":" : ".";
  }

  private static boolean isLight(VideoFrame frame, int line, int index, int[] halfDots) {
    int dot = PictureLabel.dot(frame.width(), frame.height());
    int left = PictureLabel.left(frame.width(), frame.height());
    int top = PictureLabel.top(frame.width(), frame.height(), line);
    int x = left + index * SegmentText.CELL_DOTS * dot + halfDots[0] * dot / 2;
    int y = top + halfDots[1] * dot / 2;
    return (frame.plane(0).get(ValueLayout.JAVA_BYTE, (long) y * frame.stride(0) + x) & 255) > 126;
  }
}
