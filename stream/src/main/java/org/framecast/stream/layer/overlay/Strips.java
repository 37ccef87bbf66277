package org.framecast.stream.layer.overlay;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.framecast.stream.media.VideoFrame;

/**
 * Prepared strips of an area: values and covers in memory outside the heap, and for each cell of
 * {@link #CELL} by two pixels whether it covers nothing, something or all.
 *
 * <p><b>Thread:</b> one prepares; prepared, any number lay.
 *
 * <p><b>Ownership:</b> the memory is the arena's.
 */
final class Strips {
  /** Pixels of a cell in a row: of luma two groups, of chroma one. */
  static final int CELL = 2 * RowKernel.GROUP;

  static final int ALIGNMENT = 64;

  private final RowKernel kernel;
  private final Spot.Area area;
  private final int cells;
  private final long rowBytes;
  private final long slotBytes;
  private final long sums;
  private final MemorySegment memory;
  private final byte[] covers;

  /** Room for {@code slots} strips at a time. */
  Strips(RowKernel kernel, Spot.Area area, int slots, Arena arena) {
    this.kernel = kernel;
    this.area = area;
    int width = 2 * area.samples();
    cells = (width + CELL - 1) / CELL;
    rowBytes = (long) cells * (CELL / RowKernel.GROUP) * RowKernel.LUMA_STEP;
    slotBytes = 2 * rowBytes + (long) cells * RowKernel.CHROMA_STEP;
    sums = slotBytes * slots;
    memory = arena.allocate(sums + 4L * Integer.BYTES * area.samples(), ALIGNMENT);
    covers = new byte[cells * slots];
  }

  Spot.Area area() {
    return area;
  }

  int cells() {
    return cells;
  }

  MemorySegment memory() {
    return memory;
  }

  void cover(int slot, int cell, int cover) {
    covers[slot * cells + cell] = (byte) cover;
  }

  int cover(int slot, int cell) {
    return covers[slot * cells + cell];
  }

  /** The end of the run of cells that cover as much as this one. */
  int runEnd(int slot, int cell) {
    int at = slot * cells;
    int end = cell + 1;
    while (end < cells && covers[at + end] == covers[at + cell]) {
      end++;
    }
    return end;
  }

  /** Where the values of a row of luma lie, from a column on; covers are one group behind. */
  long lumaAt(int slot, int row, int column) {
    return slot * slotBytes + row * rowBytes + RowKernel.spread(column, RowKernel.LUMA_STEP);
  }

  /** Where U lies, from a sample on; covers are one group behind, V two. */
  long chromaAt(int slot, int sample) {
    return slot * slotBytes + 2 * rowBytes + RowKernel.spread(sample, RowKernel.CHROMA_STEP);
  }

  /** Room for four ints for each sample of a row. */
  long sums() {
    return sums;
  }

  /** Lays one strip over an I420 picture. */
  void lay(int slot, int strip, VideoFrame target) {
    int end;
    for (int cell = 0; cell < cells; cell = end) {
      end = runEnd(slot, cell);
      int cover = cover(slot, cell);
      if (cover != 0) {
        lay(slot, strip, cell * CELL, end * CELL, cover, target);
      }
    }
  }

  private void lay(int slot, int strip, int from, int to, int cover, VideoFrame target) {
    boolean all = (cover & RowKernel.ALL) != 0;
    int row = area.top() + 2 * strip;
    int bytes = Math.min(to, area.width()) - from;
    int rows = Math.min(2, area.bottom() - row);
    for (int i = 0; i < rows; i++) {
      long at = (long) (row + i) * target.stride(0) + area.left() + from;
      long p = lumaAt(slot, i, from);
      put(target.plane(0), at, bytes, p, RowKernel.GROUP, RowKernel.LUMA_STEP, all);
    }
    int samples = Math.min(to / 2, area.samples()) - from / 2;
    long at = (long) (row / 2) * target.stride(1) + (area.left() + from) / 2;
    long u = chromaAt(slot, from / 2);
    long v = u + 2 * RowKernel.GROUP;
    put(target.plane(1), at, samples, u, RowKernel.GROUP, RowKernel.CHROMA_STEP, all);
    put(target.plane(2), at, samples, v, -RowKernel.GROUP, RowKernel.CHROMA_STEP, all);
  }

  private void put(
      MemorySegment plane, long at, int bytes, long p, int gap, int step, boolean all) {
    if (!all) {
      kernel.blend(plane, at, bytes, memory, p, gap, step);
      return;
    }
    for (int i = 0; i < bytes; i += RowKernel.GROUP) {
      int count = Math.min(RowKernel.GROUP, bytes - i);
      MemorySegment.copy(memory, p + RowKernel.spread(i, step), plane, at + i, count);
    }
  }
}
