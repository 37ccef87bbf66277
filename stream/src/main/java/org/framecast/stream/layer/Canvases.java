package org.framecast.stream.layer;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Function;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Canvases of Java2D, whose pixels are copied into a frame of RGBA when they are drawn. Java2D is
 * fast only on arrays of its own, which is why it does not draw into the frame itself.
 *
 * <p><b>Thread:</b> any; each drawing has a canvas to itself.
 */
final class Canvases {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int KEPT = 4;

  private final ArrayDeque<BufferedImage> idle = new ArrayDeque<>();

  /** What became of a drawing. */
  enum Outcome {
    DRAWN,
    /** What is on the canvas does not count. */
    FAILED
  }

  /**
   * Draws on a transparent canvas.
   *
   * <p><b>Ownership:</b> the frame is the caller's.
   */
  VideoFrame draw(FramePool pool, int width, int height, Function<Graphics2D, Outcome> drawing) {
    BufferedImage image = take(width, height);
    VideoFrame frame = pool.acquire(new FrameShape(PixelFormat.RGBA, width, height));
    boolean done = false;
    try {
      int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
      Arrays.fill(pixels, 0);
      Graphics2D canvas = image.createGraphics();
      Outcome outcome;
      try {
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(
            RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        outcome = drawing.apply(canvas);
      } finally {
        canvas.dispose();
      }
      if (outcome == Outcome.DRAWN) {
        copy(pixels, frame);
      } else {
        frame.plane(0).fill((byte) 0);
      }
      done = true;
      return frame;
    } finally {
      giveBack(image);
      if (!done) {
        frame.close();
      }
    }
  }

  /** Writes {@code 0xAARRGGBB} as bytes of red, green, blue, alpha. */
  static void copy(int[] argb, VideoFrame frame) {
    MemorySegment to = frame.plane(0);
    int width = frame.width();
    for (int y = 0; y < frame.height(); y++) {
      long row = (long) y * frame.stride(0);
      for (int x = 0; x < width; x++) {
        int pixel = argb[y * width + x];
        to.set(INT, row + 4L * x, pixel & 0xFF00FF00 | pixel >>> 16 & 0xFF | (pixel & 0xFF) << 16);
      }
    }
  }

  private synchronized BufferedImage take(int width, int height) {
    BufferedImage image = idle.pollLast();
    return image != null && image.getWidth() == width && image.getHeight() == height
        ? image
        : new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
  }

  private synchronized void giveBack(@Nullable BufferedImage image) {
    if (image != null && idle.size() < KEPT) {
      idle.addLast(image);
    }
  }
}
