package org.framecast.stream.layer.overlay;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic on rows of pixels. Two kinds give the same bits: {@link ScalarKernel} and {@link
 * VectorKernel}.
 *
 * <p>Colours are prepared as a premultiplied value <i>p</i> and a cover <i>a</i> of 8 bits each, so
 * that a pixel is blended as {@code p + d * (255 - a) / 255}. Both are rounded together: the error
 * that the rounded cover makes on what is below is taken back from <i>p</i> in its middle, which
 * keeps every result within 1 of the exact one. <i>p</i> is never larger than <i>a</i>, so no sum
 * leaves a byte.
 *
 * <p>Values and covers lie in turn, {@link #GROUP} bytes of each, so that a row is read from one
 * end to the other: memory is what blending waits for.
 *
 * <p><b>Thread:</b> any; they keep nothing.
 *
 * <p><b>Units and shapes:</b> RGBA is four bytes a pixel, straight; opacity counts in {@link
 * #OPAQUE}ths; positions are bytes.
 */
interface RowKernel {
  /** Full opacity. */
  int OPAQUE = 1 << 15;

  /** Most pixels of RGBA that are blended at a time. */
  int RUN = 64;

  /** Bytes of one kind that lie together in a strip. */
  int GROUP = 64;

  /** From one group of values of luma to the next. */
  int LUMA_STEP = 2 * GROUP;

  /** From one group of values of chroma to the next. */
  int CHROMA_STEP = 3 * GROUP;

  /** Some pixel is not transparent. */
  int SOME = 1;

  /** Every pixel is opaque. */
  int ALL = 2;

  /** What a run of pixels covers: {@link #SOME} and {@link #ALL}, or 0. */
  int cover(MemorySegment rgba, long at, int pixels);

  /** Prepares one row of luma: values at {@code p}, covers one group behind. */
  void luma(Rgba from, int pixels, int opacity, MemorySegment strip, long p);

  /** Prepares one row of chroma from two rows of pixels, an even number of columns. */
  void chroma(Rgba from, int pixels, int opacity, MemorySegment strip, ChromaPlace place);

  /**
   * Blends a prepared row of one plane.
   *
   * @param gap from a group of values to its covers
   * @param step from a group to the next
   */
  void blend(
      MemorySegment target, long at, int bytes, MemorySegment strip, long p, int gap, int step);

  /** Blends straight RGBA over straight RGBA, at most {@link #RUN} pixels. */
  void over(MemorySegment target, long at, int pixels, Rgba from, Veil veil);

  /** Vectors where this machine's Java has them and they are wide enough. */
  static RowKernel best() {
    return Choice.BEST;
  }

  /** Two rows of RGBA in one piece of memory; whoever needs one reads the upper. */
  record Rgba(MemorySegment pixels, long upper, long lower) {
    Rgba moved(long bytes) {
      return new Rgba(pixels, upper + bytes, lower + bytes);
    }

    Rgba lowerAlone() {
      return new Rgba(pixels, lower, lower);
    }
  }

  /**
   * Where the prepared chroma goes.
   *
   * @param u the values of U; covers lie one group behind, those of V two
   * @param sums room for four ints for each sample, between two steps
   */
  record ChromaPlace(long u, long sums) {}

  /** Where the n-th byte lies from the first, when groups are so far apart. */
  static long spread(int n, int step) {
    return (long) (n / GROUP) * step + n % GROUP;
  }

  /**
   * How opaque something is, with room for the steps between.
   *
   * @param room for two ints for each of {@link #RUN} pixels
   */
  record Veil(int opacity, MemorySegment room) {
    /** Bytes of the room. */
    static final int ROOM = 2 * Integer.BYTES * RUN;
  }

  /** Chosen once. */
  final class Choice {
    private static final RowKernel BEST =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && VectorKernel.isWideEnough()
            ? new VectorKernel()
            : new ScalarKernel();

    private Choice() {}
  }
}
