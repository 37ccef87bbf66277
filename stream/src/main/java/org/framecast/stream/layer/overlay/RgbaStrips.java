package org.framecast.stream.layer.overlay;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.framecast.stream.media.VideoFrame;

/**
 * The rows of a picture as they lie in a target. Rows that are in memory as they are shown are read
 * where they lie; the others are put together in a scratch of two rows.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class RgbaStrips implements StripSource {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final RowKernel kernel;
  private final Spot spot;
  private final Spot.Area area;
  private final Pixels pixels;
  private final int opacity;
  private final int width;
  private final boolean inPlace;
  private final MemorySegment scratch;

  /**
   * @param scratch lives as long as this
   */
  RgbaStrips(Means means, VideoFrame picture, Spot spot, int opacity, Arena scratch) {
    kernel = means.kernel();
    this.spot = spot;
    this.opacity = opacity;
    area = spot.area();
    width = 2 * area.samples();
    pixels = new Pixels(picture, spot.width(), spot.height(), means.axes());
    inPlace = areInPlace();
    this.scratch = scratch.allocate(inPlace ? 0 : 8L * width, Strips.ALIGNMENT);
  }

  private boolean areInPlace() {
    return pixels.areAsShown()
        && spot.fillsRows()
        && width == area.width()
        && spot.hasRow(area.top())
        && spot.hasRow(area.bottom() - 1);
  }

  /** The two rows of a strip; below the last row of the target it is repeated. */
  RowKernel.Rgba rows(int strip) {
    int upper = area.top() + 2 * strip;
    int lower = Math.min(upper + 1, area.bottom() - 1);
    if (inPlace) {
      return new RowKernel.Rgba(pixels.memory(), position(upper), position(lower));
    }
    fill(upper, 0);
    fill(lower, 4L * width);
    return new RowKernel.Rgba(scratch, 0, 4L * width);
  }

  private long position(int row) {
    return pixels.position(area.left() - spot.x(), row - spot.y());
  }

  private void fill(int row, long at) {
    if (!spot.hasRow(row)) {
      clear(at, 0, width);
      return;
    }
    int from = Math.clamp((long) spot.x() - area.left(), 0, area.width());
    int to = Math.clamp((long) spot.x() + spot.width() - area.left(), 0, area.width());
    clear(at, 0, from);
    pixels.copy(area.left() + from - spot.x(), row - spot.y(), to - from, scratch, at + 4L * from);
    clear(at, to, width);
    if (width > area.width()) {
      scratch.set(INT, at + 4L * (width - 1), scratch.get(INT, at + 4L * (width - 2)));
    }
  }

  private void clear(long at, int from, int to) {
    for (int i = from; i < to; i++) {
      scratch.set(INT, at + 4L * i, 0);
    }
  }

  @Override
  public void prepare(int strip, Strips strips, int slot) {
    RowKernel.Rgba rows = rows(strip);
    for (int cell = 0; cell < strips.cells(); cell++) {
      strips.cover(slot, cell, cover(rows, cell));
    }
    int end;
    for (int cell = 0; cell < strips.cells(); cell = end) {
      end = strips.runEnd(slot, cell);
      if (strips.cover(slot, cell) != 0) {
        prepare(rows, strips, slot, cell, end);
      }
    }
  }

  private int cover(RowKernel.Rgba rows, int cell) {
    int from = cell * Strips.CELL;
    int pixelsOfCell = Math.min(Strips.CELL, width - from);
    int upper = kernel.cover(rows.pixels(), rows.upper() + 4L * from, pixelsOfCell);
    int lower = kernel.cover(rows.pixels(), rows.lower() + 4L * from, pixelsOfCell);
    int some = (upper | lower) & RowKernel.SOME;
    return opacity == RowKernel.OPAQUE ? some | upper & lower & RowKernel.ALL : some;
  }

  private void prepare(RowKernel.Rgba rows, Strips strips, int slot, int cell, int end) {
    int from = cell * Strips.CELL;
    int count = Math.min(end * Strips.CELL, width) - from;
    RowKernel.Rgba here = rows.moved(4L * from);
    MemorySegment memory = strips.memory();
    kernel.luma(here, count, opacity, memory, strips.lumaAt(slot, 0, from));
    kernel.luma(here.lowerAlone(), count, opacity, memory, strips.lumaAt(slot, 1, from));
    RowKernel.ChromaPlace place =
        new RowKernel.ChromaPlace(strips.chromaAt(slot, from / 2), strips.sums());
    kernel.chroma(here, count, opacity, memory, place);
  }
}
