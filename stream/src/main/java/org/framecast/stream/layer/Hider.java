package org.framecast.stream.layer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.stream.layer.AnonymiseOptions.Mode;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a part of an I420 picture by the means of its patches. Only the means are read back, so
 * nothing finer than a patch survives in either mode.
 *
 * <p><b>Thread:</b> several at a time.
 */
final class Hider {
  /** Patches along the longer side of a part, at most. */
  private static final int MAX_PATCHES = 64;

  /** A patch has at least so many pixels of luma across: small things leave little anyhow. */
  private static final int MIN_PATCH = 4;

  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  private final Mode mode;
  private final int patchesAcross;
  private final AtomicReference<int @Nullable []> spare = new AtomicReference<>();

  /**
   * @param patchesAcross how many patches are left along the shorter side of a part
   */
  Hider(Mode mode, int patchesAcross) {
    this.mode = mode;
    this.patchesAcross = patchesAcross;
  }

  void hide(VideoFrame frame, Region region) {
    if (region.isEmpty()) {
      return;
    }
    int shorter = Math.min(region.width(), region.height());
    int longer = Math.max(region.width(), region.height());
    int patch = Math.max(ceilDiv(shorter, patchesAcross), ceilDiv(longer, MAX_PATCHES));
    int even = Math.max(MIN_PATCH, patch + 1 & ~1);
    int[] means = borrow();
    hide(frame, 0, region, even, means);
    hide(frame, 1, region.halved(), even / 2, means);
    hide(frame, 2, region.halved(), even / 2, means);
    spare.set(means);
  }

  private int[] borrow() {
    int[] means = spare.getAndSet(null);
    return means == null ? new int[MAX_PATCHES * MAX_PATCHES] : means;
  }

  private void hide(VideoFrame frame, int plane, Region region, int patch, int[] means) {
    int columns = ceilDiv(region.width(), patch);
    int rows = ceilDiv(region.height(), patch);
    MemorySegment pixels = frame.plane(plane);
    long stride = frame.stride(plane);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        means[row * columns + column] = mean(pixels, stride, region, patch, column, row);
      }
    }
    switch (mode) {
      case PIXELATE -> pixelate(pixels, stride, region, patch, columns, means);
      case BLUR -> blur(pixels, stride, region, patch, columns, rows, means);
    }
  }

  private static int mean(
      MemorySegment pixels, long stride, Region region, int patch, int column, int row) {
    int left = region.left() + column * patch;
    int top = region.top() + row * patch;
    int right = Math.min(region.right(), left + patch);
    int bottom = Math.min(region.bottom(), top + patch);
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (long at = y * stride + left; at < y * stride + right; at++) {
        sum += pixels.get(BYTE, at) & 0xFF;
      }
    }
    return (int) (sum / ((long) (right - left) * (bottom - top)));
  }

  private static void pixelate(
      MemorySegment pixels, long stride, Region region, int patch, int columns, int[] means) {
    for (int y = region.top(); y < region.bottom(); y++) {
      int rowOfMeans = (y - region.top()) / patch * columns;
      for (int column = 0; column < columns; column++) {
        int left = region.left() + column * patch;
        int right = Math.min(region.right(), left + patch);
        byte value = (byte) means[rowOfMeans + column];
        for (long at = y * stride + left; at < y * stride + right; at++) {
          pixels.set(BYTE, at, value);
        }
      }
    }
  }

  /** Each pixel lies between the centres of four patches, and takes from each by its nearness. */
  private static void blur(
      MemorySegment pixels,
      long stride,
      Region region,
      int patch,
      int columns,
      int rows,
      int[] means) {
    int unit = 2 * patch;
    for (int y = region.top(); y < region.bottom(); y++) {
      int fromCentreY = 2 * (y - region.top()) + 1 - patch;
      int upper = Math.max(0, Math.floorDiv(fromCentreY, unit));
      int lower = Math.min(rows - 1, Math.floorDiv(fromCentreY, unit) + 1);
      int lowerPart = Math.floorMod(fromCentreY, unit);
      for (int x = region.left(); x < region.right(); x++) {
        int fromCentreX = 2 * (x - region.left()) + 1 - patch;
        int left = Math.max(0, Math.floorDiv(fromCentreX, unit));
        int right = Math.min(columns - 1, Math.floorDiv(fromCentreX, unit) + 1);
        int rightPart = Math.floorMod(fromCentreX, unit);
        int above =
            means[upper * columns + left] * (unit - rightPart)
                + means[upper * columns + right] * rightPart;
        int below =
            means[lower * columns + left] * (unit - rightPart)
                + means[lower * columns + right] * rightPart;
        long sum = (long) above * (unit - lowerPart) + (long) below * lowerPart;
        pixels.set(BYTE, y * stride + x, (byte) (sum / ((long) unit * unit)));
      }
    }
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
