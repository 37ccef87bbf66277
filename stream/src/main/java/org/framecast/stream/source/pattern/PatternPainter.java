package org.framecast.stream.source.pattern;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.SplittableRandom;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.scene.SceneI420;
import org.jspecify.annotations.Nullable;

/**
 * Paints the pictures of one pattern. What stands still is drawn for the first picture and copied
 * for the others; a picture depends on its number alone.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Units and shapes:</b> I420 frames of one shape, whose pixels are all overwritten.
 */
public final class PatternPainter {
  private static final Colour DARK = Colour.rgb(0x202830);
  private static final long SEED = 20_260;

  /** Pixels that a box of the full height would move in one picture: a 90th of the height. */
  private static final int BOX_STEPS = 90;

  private static final int NOISE_ROWS = 2;

  private final TestPattern pattern;
  private final int rgb;
  private byte @Nullable [][] still;

  /**
   * @param rgb the colour of what has one, {@code 0xRRGGBB}
   */
  public PatternPainter(TestPattern pattern, int rgb) {
    this.pattern = pattern;
    this.rgb = rgb;
  }

  /**
   * Paints a picture with its number and time.
   *
   * @param number from 0
   * @param time from the beginning
   */
  public void paint(VideoFrame frame, long number, Duration time) {
    byte[][] ground = still;
    if (ground == null) {
      background(frame);
      ground = Planes.copyOf(frame);
      still = ground;
    }
    boolean scrolls = pattern == TestPattern.SCROLLING_NOISE;
    Planes.put(ground, frame, scrolls ? number * NOISE_ROWS : 0);
    if (pattern == TestPattern.BOUNCING_BOX) {
      box(frame, number);
    }
    PictureLabel.paint(frame, number, time);
  }

  private void background(VideoFrame frame) {
    switch (pattern) {
      case SMPTE_BARS -> SmpteBars.paint(frame);
      case TEST_CARD -> TestCard.paint(frame);
      case SOLID -> all(frame, Colour.rgb(rgb));
      case GRADIENT -> gradient(frame);
      case BOUNCING_BOX -> all(frame, DARK);
      case SCROLLING_NOISE -> noise(frame);
    }
  }

  private static void all(VideoFrame frame, Colour colour) {
    Planes.fill(frame, 0, 0, frame.width(), frame.height(), colour);
  }

  /** The upper half goes from black to white, the lower from black to the colour. */
  private void gradient(VideoFrame frame) {
    int width = frame.width();
    int height = frame.height();
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      int full = y < height / 2 ? 0xFFFFFF : rgb;
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = share(full, x, width - 1);
      }
    }
    SceneI420.write(pixels, frame);
  }

  private static int share(int full, int part, int whole) {
    int red = (full >> 16 & 255) * part / whole;
    int green = (full >> 8 & 255) * part / whole;
    int blue = (full & 255) * part / whole;
    return red << 16 | green << 8 | blue;
  }

  private static void noise(VideoFrame frame) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 3; i++) {
      MemorySegment plane = frame.plane(i);
      for (long at = 0; at < plane.byteSize(); at++) {
        plane.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt(16, i == 0 ? 236 : 241));
      }
    }
  }

  private void box(VideoFrame frame, long number) {
    int side = Math.max(2, frame.height() / 5) & ~1;
    int step = Math.max(2, frame.height() / BOX_STEPS);
    int x = swing(number * step, frame.width() - side) & ~1;
    int y = swing(number * step * 2 / 3, frame.height() - side) & ~1;
    Planes.fill(frame, x, y, side, side, Colour.rgb(rgb));
  }

  /** There and back between 0 and the reach. */
  private static int swing(long way, int reach) {
    int there = Math.max(1, reach);
    long at = way % (2L * there);
    return (int) (at <= there ? at : 2L * there - at);
  }
}
