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
  /** Pixels of a cell in a row. */
  static final int CELL = 64;

  static final int ALIGNMENT = 64;

  private final RowKernel kernel;
  private final Spot.Area area;
  private final int cells;
  private final long lumaBytes;
  private final long chromaBytes;
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
    lumaBytes = aligned(width);
    chromaBytes = aligned(area.samples());
    slotBytes = 4 * lumaBytes + 3 * chromaBytes;
    sums = slotBytes * slots;
    memory = arena.allocate(sums + 4L * Integer.BYTES * area.samples(), ALIGNMENT);
    covers = new byte[cells * slots];
  }

  private static long aligned(int bytes) {
    return bytes + ALIGNMENT - 1 & -ALIGNMENT;
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

  /** Where the values of a row of luma lie, from a column on. */
  long valueAt(int slot, int row, int column) {
    return slot * slotBytes + 2 * row * lumaBytes + column;
  }

  /** Where its covers lie. */
  long coverAt(int slot, int row, int column) {
    return valueAt(slot, row, column) + lumaBytes;
  }

  /** Where values and covers of chroma lie. */
  RowKernel.ChromaPlace chromaAt(int slot, int sample) {
    long u = slot * slotBytes + 4 * lumaBytes + sample;
    return new RowKernel.ChromaPlace(u, u + chromaBytes, u + 2 * chromaBytes, sums);
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
    int row = area.top() + 2 * strip;
    int bytes = Math.min(to, area.width()) - from;
    int rows = Math.min(2, area.bottom() - row);
    for (int i = 0; i < rows; i++) {
      long at = (long) (row + i) * target.stride(0) + area.left() + from;
      put(target.plane(0), at, bytes, valueAt(slot, i, from), coverAt(slot, i, from), cover);
    }
    int samples = Math.min(to / 2, area.samples()) - from / 2;
    long at = (long) (row / 2) * target.stride(1) + (area.left() + from) / 2;
    long u = slot * slotBytes + 4 * lumaBytes + from / 2;
    long covered = u + 2 * chromaBytes;
    put(target.plane(1), at, samples, u, covered, cover);
    put(target.plane(2), at, samples, u + chromaBytes, covered, cover);
  }

  private void put(MemorySegment plane, long at, int bytes, long p, long a, int cover) {
    if ((cover & RowKernel.ALL) != 0) {
      MemorySegment.copy(memory, p, plane, at, bytes);
    } else {
      kernel.blend(plane, at, bytes, memory, p, a);
    }
  }
}
