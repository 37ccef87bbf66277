package org.framecast.stream.source.scene;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;
import org.framecast.stream.media.VideoFrame;

/**
 * A number in the picture that survives video coding: a row of black and white blocks in the lower
 * left corner, by which a picture is known again at the other end.
 *
 * <p><b>Thread:</b> any; no state.
 *
 * <p><b>Units and shapes:</b> 24 bits of the number and 8 bits of check, most significant first;
 * white is 1. A block is a 45th of the height, at least 4 pixels, wide and high; in a picture that
 * is narrower than 32 of them, a 32nd of the width.
 */
public final class PictureStamp {
  private static final int BITS = 32;
  private static final int CHECK_BITS = 8;
  private static final int MAX_NUMBER = (1 << (BITS - CHECK_BITS)) - 1;
  private static final int MIDDLE = 126;
  private static final int WHITE = 235;
  private static final byte BLACK = 16;
  private static final byte NO_COLOUR = (byte) 128;

  private PictureStamp() {}

  /** Width and height of a block in a picture of that height that is not narrow. */
  public static int blockPixels(int height) {
    return Math.max(4, height / 45);
  }

  /** As {@link #blockPixels(int)}; in a narrow picture the row takes its whole width. */
  private static int blockPixels(int width, int height) {
    return Math.min(blockPixels(height), Math.max(4, width / BITS));
  }

  /** Whether the number has room in such a picture. */
  public static boolean fits(int width, int height) {
    return BITS * blockPixels(width, height) <= width;
  }

  /** Paints the lowest 24 bits of a number into an I420 picture. */
  public static void paint(VideoFrame frame, long number) {
    int block = blockPixels(frame.width(), frame.height());
    int word = word((int) number & MAX_NUMBER);
    int bottom = frame.height() / 2 * 2;
    int top = (bottom - block) / 2 * 2;
    int right = Math.min(frame.width(), BITS * block);
    for (int y = top; y < frame.height(); y++) {
      long row = (long) y * frame.stride(0);
      for (int x = 0; x < right; x++) {
        boolean white = (word >>> (BITS - 1 - x / block) & 1) == 1;
        frame.plane(0).set(ValueLayout.JAVA_BYTE, row + x, white ? (byte) WHITE : BLACK);
      }
    }
    for (int y = top / 2; y < (frame.height() + 1) / 2; y++) {
      grey(frame, 1, y, (right + 1) / 2);
      grey(frame, 2, y, (right + 1) / 2);
    }
  }

  private static void grey(VideoFrame frame, int plane, int y, int columns) {
    frame.plane(plane).asSlice((long) y * frame.stride(plane), columns).fill(NO_COLOUR);
  }

  /**
   * Paints the lowest 24 bits of a number.
   *
   * @param pixels {@code 0xRRGGBB}, row after row
   */
  public static void paint(int[] pixels, int width, int height, int number) {
    int block = blockPixels(width, height);
    int word = word(number & MAX_NUMBER);
    for (int y = height - block; y < height; y++) {
      for (int x = 0; x < Math.min(width, BITS * block); x++) {
        boolean white = (word >>> (BITS - 1 - x / block) & 1) == 1;
        pixels[y * width + x] = white ? 0xFFFFFF : 0;
      }
    }
  }

  /** Reads the number from a frame's luma; empty when the check does not fit. */
  public static OptionalInt read(VideoFrame frame) {
    int block = blockPixels(frame.width(), frame.height());
    if (BITS * block > frame.width()) {
      return OptionalInt.empty();
    }
    MemorySegment luma = frame.plane(0);
    long row = (long) (frame.height() - 1 - block / 2) * frame.stride(0);
    int word = 0;
    for (int i = 0; i < BITS; i++) {
      int value = luma.get(ValueLayout.JAVA_BYTE, row + (long) i * block + block / 2) & 255;
      word = word << 1 | (value > MIDDLE ? 1 : 0);
    }
    int number = word >>> CHECK_BITS;
    return word == word(number) ? OptionalInt.of(number) : OptionalInt.empty();
  }

  private static int word(int number) {
    int check = (number * 0x9E3779B1 >>> (BITS - CHECK_BITS)) ^ 0x5A;
    return number << CHECK_BITS | check;
  }
}
