package org.framecast.stream.source.pattern;

import org.framecast.stream.media.VideoFrame;

/**
 * The SMPTE colour bars: seven bars of 75 %, the reverse bars below, then −I, white, +Q, black and
 * the levels around black.
 *
 * <p><b>Source:</b> SMPTE EG 1-1990, with the 8-bit values of ITU-R BT.601.
 */
final class SmpteBars {
  private static final Colour GREY = new Colour(180, 128, 128);
  private static final Colour YELLOW = new Colour(162, 44, 142);
  private static final Colour CYAN = new Colour(131, 156, 44);
  private static final Colour GREEN = new Colour(112, 72, 58);
  private static final Colour MAGENTA = new Colour(84, 184, 198);
  private static final Colour RED = new Colour(65, 100, 212);
  private static final Colour BLUE = new Colour(35, 212, 114);
  private static final Colour MINUS_I = new Colour(16, 158, 95);
  private static final Colour PLUS_Q = new Colour(16, 174, 149);
  private static final Colour BELOW_BLACK = new Colour(7, 128, 128);
  private static final Colour ABOVE_BLACK = new Colour(25, 128, 128);

  private static final Colour[] BARS = {GREY, YELLOW, CYAN, GREEN, MAGENTA, RED, BLUE};
  private static final Colour[] REVERSE = {
    BLUE, Colour.BLACK, MAGENTA, Colour.BLACK, CYAN, Colour.BLACK, GREY
  };
  private static final Colour[] LEVELS = {BELOW_BLACK, Colour.BLACK, ABOVE_BLACK};

  private SmpteBars() {}

  static void paint(VideoFrame frame) {
    int width = frame.width();
    int height = frame.height();
    int reverse = even(height * 2 / 3);
    int bottom = even(height * 3 / 4);
    row(frame, BARS, 0, width, 0, reverse);
    row(frame, REVERSE, 0, width, reverse, bottom);
    Colour[] wide = {MINUS_I, Colour.WHITE, PLUS_Q, Colour.BLACK};
    int levels = even(width * 5 / 7);
    int last = even(width * 6 / 7);
    row(frame, wide, 0, levels, bottom, height);
    row(frame, LEVELS, levels, last, bottom, height);
    Planes.fill(frame, last, bottom, width - last, height - bottom, Colour.BLACK);
  }

  private static void row(
      VideoFrame frame, Colour[] colours, int left, int right, int top, int bottom) {
    for (int i = 0; i < colours.length; i++) {
      int from = left + even((right - left) * i / colours.length);
      int to =
          i + 1 == colours.length ? right : left + even((right - left) * (i + 1) / colours.length);
      Planes.fill(frame, from, top, to - from, bottom - top, colours[i]);
    }
  }

  private static int even(int pixels) {
    return pixels & ~1;
  }
}
