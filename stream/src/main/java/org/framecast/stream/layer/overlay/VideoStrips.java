package org.framecast.stream.layer.overlay;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * An I420 picture over another, plane by plane: no colour is converted. Where it lies on odd
 * pixels, its chroma is half a sample off.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class VideoStrips implements StripSource {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  /** Of a value of 8 bits, as {@link Bt601#VALUE_SHIFT} wants it, in 256ths. */
  private static final int WIDE = (int) Math.round(65536 * 256.0 / 255);

  private final Spot spot;
  private final Spot.Area area;
  private final int opacity;
  private final Plane luma;
  private final Plane[] chroma;

  VideoStrips(VideoFrame picture, Spot spot, int opacity, Axes axes) {
    this.spot = spot;
    this.opacity = opacity;
    area = spot.area();
    luma = new Plane(picture, 0, spot.width(), spot.height(), axes);
    int width = (spot.width() + 1) / 2;
    int height = (spot.height() + 1) / 2;
    chroma =
        new Plane[] {
          new Plane(picture, 1, width, height, axes), new Plane(picture, 2, width, height, axes),
        };
  }

  @Override
  public void prepare(int strip, Strips strips, int slot) {
    int upper = area.top() + 2 * strip;
    int rows = Math.min(2, area.bottom() - upper);
    for (int row = 0; row < rows; row++) {
      luma(upper + row, strips.memory(), strips.lumaAt(slot, row, 0));
    }
    for (int sample = 0; sample < area.samples(); sample++) {
      chroma(upper, rows, sample, strips.memory(), strips.chromaAt(slot, sample));
    }
    int covered = covered(spot.y(), spot.height(), upper, rows);
    for (int cell = 0; cell < strips.cells(); cell++) {
      int from = area.left() + cell * Strips.CELL;
      int pixels = Math.min(Strips.CELL, area.right() - from);
      int across = covered(spot.x(), spot.width(), from, pixels);
      boolean all = opacity == RowKernel.OPAQUE && across == pixels && covered == rows;
      strips.cover(
          slot, cell, (across * covered > 0 ? RowKernel.SOME : 0) | (all ? RowKernel.ALL : 0));
    }
  }

  private void luma(int row, MemorySegment memory, long start) {
    boolean inside = spot.hasRow(row);
    for (int i = 0; i < area.width(); i++) {
      int x = area.left() + i - spot.x();
      long p = start + RowKernel.spread(i, RowKernel.LUMA_STEP);
      if (inside && x >= 0 && x < spot.width()) {
        put(luma.at(x, row - spot.y()), opacity, memory, p, p + RowKernel.GROUP);
      } else {
        memory.set(BYTE, p, (byte) 0);
        memory.set(BYTE, p + RowKernel.GROUP, (byte) 0);
      }
    }
  }

  private void chroma(int row, int rows, int sample, MemorySegment memory, long p) {
    int left = area.left() + 2 * sample;
    int columns = Math.min(2, area.right() - left);
    int across = covered(spot.x(), spot.width(), left, columns);
    int down = covered(spot.y(), spot.height(), row, rows);
    int cover = opacity * across * down / (columns * rows);
    int x = Math.clamp((long) left - spot.x(), 0, spot.width() - 1) / 2;
    int y = Math.clamp((long) row - spot.y(), 0, spot.height() - 1) / 2;
    long a = p + RowKernel.GROUP;
    put(chroma[0].at(x, y), cover, memory, p, a);
    put(chroma[1].at(x, y), cover, memory, a + RowKernel.GROUP, a);
  }

  /** How many of {@code count} pixels lie in a side of the picture. */
  private static int covered(int start, int size, int from, int count) {
    long first = Math.max(start, from);
    long last = Math.min((long) start + size, (long) from + count);
    return (int) Math.max(0, last - first);
  }

  private static void put(int value, int share, MemorySegment memory, long p, long a) {
    int cover = (255 * share >> 8) + (255 * share >> 7 & 1);
    int rounded = Bt601.rounded(cover);
    memory.set(BYTE, p, (byte) Bt601.value((value * WIDE >> 8) * cover, cover, rounded));
    memory.set(BYTE, a, (byte) rounded);
  }

  /** One plane, scaled. */
  private static final class Plane {
    private final MemorySegment values;
    private final int stride;
    private final @Nullable Axis columns;
    private final @Nullable Axis rows;

    Plane(VideoFrame picture, int index, int width, int height, Axes axes) {
      values = picture.plane(index);
      stride = picture.stride(index);
      columns = axes.of(picture.shape().rowBytes(index), width);
      rows = axes.of(picture.shape().rows(index), height);
    }

    int at(int x, int y) {
      return columns == null && rows == null ? value(x, y) : mean(x, y);
    }

    private int value(int x, int y) {
      return values.get(BYTE, (long) y * stride + x) & 0xFF;
    }

    private int mean(int x, int y) {
      int tapsX = columns == null ? 1 : columns.taps();
      int tapsY = rows == null ? 1 : rows.taps();
      int firstX = columns == null ? x : columns.first()[x];
      int firstY = rows == null ? y : rows.first()[y];
      int sum = 1 << 2 * Axis.ONE_BITS - 1;
      for (int j = 0; j < tapsY; j++) {
        int down = rows == null ? Axis.ONE : rows.weights()[y * tapsY + j];
        int line = 0;
        for (int i = 0; down != 0 && i < tapsX; i++) {
          int weight = columns == null ? Axis.ONE : columns.weights()[x * tapsX + i];
          line += weight * value(firstX + i, firstY + j);
        }
        sum += line * down;
      }
      return sum >> 2 * Axis.ONE_BITS;
    }
  }
}
