package org.framecast.stream.compositor;

import org.framecast.stream.media.VideoFrame;

/**
 * What is shown when there is nothing to show: a dark ground, a frame, and a light block that goes
 * from side to side, so that nobody takes it for a picture that stands still.
 *
 * <p><b>Units:</b> the block is where the time says, whatever the frame rate is.
 */
final class Placeholder {
  /** There and back. */
  private static final long PERIOD_NANOS = 3_000_000_000L;

  private static final Ink GROUND = Ink.grey(28);
  private static final Ink LINE = Ink.grey(70);
  private static final Ink BLOCK = Ink.grey(200);

  private Placeholder() {}

  /** Draws it over everything, as it looks at that time. */
  static void draw(VideoFrame frame, long nanos) {
    int width = frame.width();
    int height = frame.height();
    GROUND.fill(frame);
    int side = Math.max(1, Math.min(width, height) / 8);
    int line = Math.max(1, side / 12);
    int top = Math.max(0, (height - side) / 2);
    int left = left(width, side, nanos);
    LINE.fill(frame, 0, Math.max(0, height / 2 - line), width, Math.min(height, height / 2 + line));
    BLOCK.fill(frame, left, top, Math.min(width, left + side), Math.min(height, top + side));
  }

  private static int left(int width, int side, long nanos) {
    double phase = (double) Math.floorMod(nanos, PERIOD_NANOS) / PERIOD_NANOS;
    double there = phase < 0.5 ? 2 * phase : 2 - 2 * phase;
    return (int) Math.round(there * Math.max(0, width - side));
  }
}
