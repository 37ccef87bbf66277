package org.framecast.stream.layer;

import java.lang.foreign.ValueLayout;
import java.util.List;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/** Pictures to draw on. */
final class Pictures {
  static final int GREY = 100;
  static final int NEUTRAL = 128;

  private Pictures() {}

  static TimestampedFrame grey(FramePool pool, int width, int height) {
    VideoFrame frame = pool.acquire(FrameShape.i420(width, height));
    frame.plane(0).fill((byte) GREY);
    frame.plane(1).fill((byte) NEUTRAL);
    frame.plane(2).fill((byte) NEUTRAL);
    return new TimestampedFrame(frame, "test", 0, 0);
  }

  /** Black and white pixels in turn: nothing of it may survive where something is hidden. */
  static TimestampedFrame checkered(FramePool pool, int width, int height) {
    TimestampedFrame frame = grey(pool, width, height);
    for (int plane = 0; plane < 3; plane++) {
      int w = frame.pixels().shape().rowBytes(plane);
      int h = frame.pixels().shape().rows(plane);
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          set(frame, plane, x, y, (x + y) % 2 == 0 ? 40 : 200);
        }
      }
    }
    return frame;
  }

  static void set(TimestampedFrame frame, int plane, int x, int y, int value) {
    VideoFrame pixels = frame.pixels();
    pixels
        .plane(plane)
        .set(ValueLayout.JAVA_BYTE, (long) y * pixels.stride(plane) + x, (byte) value);
  }

  static int get(TimestampedFrame frame, int plane, int x, int y) {
    VideoFrame pixels = frame.pixels();
    return pixels.plane(plane).get(ValueLayout.JAVA_BYTE, (long) y * pixels.stride(plane) + x)
        & 0xFF;
  }

  /** How many pixels of the plane's part differ from their right neighbour by more than 20. */
  static int edges(TimestampedFrame frame, int plane, int left, int top, int right, int bottom) {
    int edges = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right - 1; x++) {
        if (Math.abs(get(frame, plane, x, y) - get(frame, plane, x + 1, y)) > 20) {
          edges++;
        }
      }
    }
    return edges;
  }

  static Detection box(String label, float x, float y, float width, float height) {
    return new Detection(label, 1, 0.87f, x, y, width, height);
  }

  static TimestampedFrame with(TimestampedFrame frame, Detection... found) {
    frame.detections(List.of(found));
    frame.sensitive(List.of(found));
    return frame;
  }
}
