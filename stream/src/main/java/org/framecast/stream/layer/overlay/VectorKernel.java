package org.framecast.stream.layer.overlay;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many pixels at a time as the machine's vectors hold. Bytes are worked on as the even and the
 * odd halves of 16-bit lanes, which needs no widening and no packing.
 */
final class VectorKernel implements RowKernel {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = INTS.length();
  private static final int EIGHT = 8;
  private static final int BYTES_OF_VECTOR = SHORTS.vectorByteSize();

  /** One byte for each int of a vector; only where that is a shape of its own. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(EIGHT, LANES) * Byte.SIZE));

  /** Even lanes first, then the odd ones. */
  private static final VectorShuffle<Integer> UNMIXED =
      VectorShuffle.fromOp(INTS, i -> i < LANES / 2 ? 2 * i : 2 * (i - LANES / 2) + 1);

  private static final int PAIRS = 0x00FF00FF;

  /** Where the alphas lie in the room, behind the shares. */
  private static final long ALPHAS = (long) Integer.BYTES * RUN;

  /** Whether a vector holds eight pixels or more; below that plain Java is as good. */
  static boolean isWideEnough() {
    return LANES >= EIGHT && ByteOrder.nativeOrder() == ORDER;
  }

  @Override
  public int cover(MemorySegment rgba, long at, int pixels) {
    int bound = INTS.loopBound(pixels);
    IntVector every = IntVector.broadcast(INTS, -1);
    IntVector any = IntVector.zero(INTS);
    for (int i = 0; i < bound; i += LANES) {
      IntVector pixel = IntVector.fromMemorySegment(INTS, rgba, at + 4L * i, ORDER);
      every = every.and(pixel);
      any = any.or(pixel);
    }
    return ScalarKernel.cover(
        rgba,
        at,
        bound,
        pixels,
        every.reduceLanes(VectorOperators.AND),
        any.reduceLanes(VectorOperators.OR));
  }

  @Override
  public void luma(Rgba from, int pixels, int opacity, MemorySegment strip, long p) {
    int bound = INTS.loopBound(pixels);
    for (int i = 0; i < bound; i += LANES) {
      IntVector pixel = load(from, from.upper(), i);
      IntVector light =
          byteOf(pixel, 0)
              .mul(Bt601.Y_RED)
              .add(byteOf(pixel, 8).mul(Bt601.Y_GREEN))
              .add(byteOf(pixel, 16).mul(Bt601.Y_BLUE))
              .add(Bt601.Y_BASE)
              .lanewise(VectorOperators.LSHR, Bt601.Y_SHIFT);
      IntVector cover =
          pixel
              .lanewise(VectorOperators.LSHR, 24)
              .mul(opacity)
              .add(128)
              .lanewise(VectorOperators.LSHR, 8);
      IntVector rounded = rounded(cover);
      long at = p + RowKernel.spread(i, LUMA_STEP);
      store(value(light.mul(cover), cover, rounded), strip, at);
      store(rounded, strip, at + GROUP);
    }
    ScalarKernel.luma(from, bound, pixels, opacity, strip, p);
  }

  /**
   * In steps with a loop each: what is inlined into one loop has a limit in the compiler, and
   * beyond it every vector is an object.
   */
  @Override
  public void chroma(Rgba from, int pixels, int opacity, MemorySegment strip, ChromaPlace place) {
    int bound = pixels / (2 * LANES) * (2 * LANES);
    int samples = bound / 2;
    long redBlue = place.sums();
    long greenCover = redBlue + (long) Integer.BYTES * bound;
    redBlue(from, bound, strip, redBlue);
    greenCover(from, bound, strip, greenCover);
    Sums sums = new Sums(strip, redBlue, greenCover, samples, opacity);
    cover(sums, place.u() + GROUP);
    value(sums, Bt601.U_RED, Bt601.U_GREEN, Bt601.U_BLUE, place.u());
    value(sums, Bt601.V_RED, Bt601.V_GREEN, Bt601.V_BLUE, place.u() + 2 * GROUP);
    ScalarKernel.chroma(from, bound, pixels, opacity, strip, place);
  }

  /** Sums of two by two pixels: of colours times alpha, and of alpha. */
  private record Sums(
      MemorySegment memory, long redBlue, long greenCover, int samples, int opacity) {
    /** Where the covers lie before they are rounded: where the first sums were packed. */
    long covers() {
      return redBlue + (long) Integer.BYTES * samples;
    }
  }

  private static void redBlue(Rgba from, int bound, MemorySegment strip, long to) {
    for (int i = 0; i < bound; i += LANES) {
      sums(redBlue(load(from, from.upper(), i)).add(redBlue(load(from, from.lower(), i))))
          .intoMemorySegment(strip, to + 4L * i, ORDER);
    }
    pack(strip, to, bound);
  }

  private static void greenCover(Rgba from, int bound, MemorySegment strip, long to) {
    for (int i = 0; i < bound; i += LANES) {
      sums(greenCover(load(from, from.upper(), i)).add(greenCover(load(from, from.lower(), i))))
          .intoMemorySegment(strip, to + 4L * i, ORDER);
    }
    pack(strip, to, bound);
  }

  /** Keeps every other of so many ints, in their place. */
  private static void pack(MemorySegment strip, long at, int ints) {
    for (int i = 0; i < ints; i += 2 * LANES) {
      LongVector first = LongVector.fromMemorySegment(LONGS, strip, at + 4L * i, ORDER);
      LongVector second = LongVector.fromMemorySegment(LONGS, strip, at + 4L * (i + LANES), ORDER);
      first
          .and(0xFFFFFFFFL)
          .or(second.lanewise(VectorOperators.LSHL, 32))
          .reinterpretAsInts()
          .rearrange(UNMIXED)
          .intoMemorySegment(strip, at + 2L * i, ORDER);
    }
  }

  private static IntVector load(Rgba from, long row, int column) {
    return IntVector.fromMemorySegment(INTS, from.pixels(), row + 4L * column, ORDER);
  }

  private static void value(Sums sums, int ofRed, int ofGreen, int ofBlue, long to) {
    for (int i = 0; i < sums.samples(); i += LANES) {
      IntVector redBlue = load(sums, sums.redBlue(), i);
      IntVector greenCover = load(sums, sums.greenCover(), i);
      IntVector product =
          greenCover
              .lanewise(VectorOperators.LSHR, 16)
              .mul(Bt601.UV_MIDDLE)
              .add(redBlue.and(0xFFFF).mul(ofRed))
              .add(redBlue.lanewise(VectorOperators.LSHR, 16).mul(ofBlue))
              .add(greenCover.and(0xFFFF).mul(ofGreen))
              .add(Bt601.UV_ROUND)
              .lanewise(VectorOperators.LSHR, Bt601.UV_SHIFT)
              .mul(sums.opacity());
      IntVector cover = load(sums, sums.covers(), i);
      long at = to + RowKernel.spread(i, CHROMA_STEP);
      store(value(product, cover, rounded(cover)), sums.memory(), at);
    }
  }

  private static void cover(Sums sums, long to) {
    for (int i = 0; i < sums.samples(); i += LANES) {
      IntVector cover =
          load(sums, sums.greenCover(), i)
              .lanewise(VectorOperators.LSHR, 16)
              .mul(sums.opacity())
              .add(1 << 15)
              .lanewise(VectorOperators.LSHR, 16);
      cover.intoMemorySegment(sums.memory(), sums.covers() + 4L * i, ORDER);
      store(rounded(cover), sums.memory(), to + RowKernel.spread(i, CHROMA_STEP));
    }
  }

  private static IntVector load(Sums sums, long row, int sample) {
    return IntVector.fromMemorySegment(INTS, sums.memory(), row + 4L * sample, ORDER);
  }

  /** Red and blue times alpha, a quarter of each, in the two halves of every pixel. */
  private static ShortVector redBlue(IntVector pixel) {
    IntVector alpha = pixel.lanewise(VectorOperators.LSHR, 24);
    return quarter(
        pixel.and(PAIRS).reinterpretAsShorts(),
        alpha.or(alpha.lanewise(VectorOperators.LSHL, 16)).reinterpretAsShorts());
  }

  /** Green times alpha, and alpha times 256, a quarter of each. */
  private static ShortVector greenCover(IntVector pixel) {
    return quarter(
        pixel.lanewise(VectorOperators.LSHR, 8).and(PAIRS).reinterpretAsShorts(),
        pixel.lanewise(VectorOperators.LSHR, 24).or(256 << 16).reinterpretAsShorts());
  }

  private static ShortVector quarter(ShortVector one, ShortVector other) {
    return one.mul(other).add((short) 2).lanewise(VectorOperators.LSHR, 2);
  }

  /** Adds each pixel to its neighbour; every other sum is of no use. */
  private static ShortVector sums(ShortVector pixels) {
    LongVector both = pixels.reinterpretAsLongs();
    return pixels.add(both.lanewise(VectorOperators.LSHR, 32).reinterpretAsShorts());
  }

  private static IntVector byteOf(IntVector pixel, int shift) {
    return (shift == 0 ? pixel : pixel.lanewise(VectorOperators.LSHR, shift)).and(0xFF);
  }

  private static IntVector rounded(IntVector cover) {
    return cover.add(Bt601.COVER_ROUND).lanewise(VectorOperators.LSHR, Bt601.COVER_BITS);
  }

  private static IntVector value(IntVector product, IntVector cover, IntVector rounded) {
    IntVector lost = cover.sub(rounded.lanewise(VectorOperators.LSHL, Bt601.COVER_BITS));
    return product
        .sub(lost.mul(Bt601.MIDDLE))
        .add(Bt601.VALUE_ROUND)
        .lanewise(VectorOperators.LSHR, Bt601.VALUE_SHIFT)
        .min(rounded);
  }

  private static void store(IntVector values, MemorySegment strip, long at) {
    ((ByteVector) values.convertShape(VectorOperators.I2B, BYTES, 0))
        .intoMemorySegment(strip, at, ORDER);
  }

  @Override
  public void blend(
      MemorySegment target, long at, int bytes, MemorySegment strip, long p, int gap, int step) {
    int bound = bytes / GROUP * GROUP;
    for (int i = 0; i < bound; i += GROUP) {
      long values = p + RowKernel.spread(i, step);
      for (int j = 0; j < GROUP; j += BYTES_OF_VECTOR) {
        blend(target, at + i + j, strip, values + j, values + gap + j);
      }
    }
    if (bound < bytes) {
      long values = p + RowKernel.spread(bound, step);
      tail(target, at + bound, bytes - bound, strip, values, values + gap);
    }
  }

  /** Less than a group. */
  private static void tail(
      MemorySegment target, long at, int bytes, MemorySegment strip, long p, long a) {
    int bound = bytes / BYTES_OF_VECTOR * BYTES_OF_VECTOR;
    for (int i = 0; i < bound; i += BYTES_OF_VECTOR) {
      blend(target, at + i, strip, p + i, a + i);
    }
    ScalarKernel.blend(target, at, bound, bytes, strip, p, a);
  }

  private static void blend(MemorySegment target, long at, MemorySegment strip, long p, long a) {
    ShortVector below = ShortVector.fromMemorySegment(SHORTS, target, at, ORDER);
    ShortVector left = ShortVector.fromMemorySegment(SHORTS, strip, a, ORDER).not();
    ShortVector even = product(below.and((short) 0xFF), left.and((short) 0xFF));
    ShortVector odd =
        product(below.lanewise(VectorOperators.LSHR, 8), left.lanewise(VectorOperators.LSHR, 8));
    even.lanewise(VectorOperators.LSHR, 8)
        .or(odd.and((short) 0xFF00))
        .add(ShortVector.fromMemorySegment(SHORTS, strip, p, ORDER))
        .intoMemorySegment(target, at, ORDER);
  }

  /** 257 times the product: its 255th part, rounded, is in the high byte. */
  private static ShortVector product(ShortVector value, ShortVector part) {
    ShortVector product = value.mul(part).add((short) 128);
    return product.add(product.lanewise(VectorOperators.LSHR, 8));
  }

  @Override
  public void over(MemorySegment target, long at, int pixels, Rgba from, Veil veil) {
    int bound = INTS.loopBound(pixels);
    shares(target, at, bound, from, veil);
    for (int shift = 0; shift < 24; shift += Byte.SIZE) {
      mix(target, at, bound, from, veil, shift);
    }
    for (int i = 0; i < bound; i += LANES) {
      IntVector alpha = IntVector.fromMemorySegment(INTS, veil.room(), ALPHAS + 4L * i, ORDER);
      IntVector.fromMemorySegment(INTS, target, at + 4L * i, ORDER)
          .and(0xFFFFFF)
          .or(alpha)
          .intoMemorySegment(target, at + 4L * i, ORDER);
    }
    ScalarKernel.over(target, at, bound, pixels, from, veil.opacity());
  }

  /** Leaves in the room how much of each pixel is the upper one's, and the alpha that results. */
  private static void shares(MemorySegment target, long at, int bound, Rgba from, Veil veil) {
    float unit = veil.opacity() / (255f * OPAQUE);
    for (int i = 0; i < bound; i += LANES) {
      IntVector above = load(from, from.upper(), i);
      IntVector below = IntVector.fromMemorySegment(INTS, target, at + 4L * i, ORDER);
      FloatVector cover = floats(above.lanewise(VectorOperators.LSHR, 24)).mul(unit);
      FloatVector under = floats(below.lanewise(VectorOperators.LSHR, 24)).mul(1f / 255);
      FloatVector both = cover.add(under.mul(FloatVector.broadcast(FLOATS, 1f).sub(cover)));
      cover.div(both.max(ScalarKernel.TINY)).intoMemorySegment(veil.room(), 4L * i, ORDER);
      ints(both.mul(255f).add(0.5f))
          .lanewise(VectorOperators.LSHL, 24)
          .intoMemorySegment(veil.room(), ALPHAS + 4L * i, ORDER);
    }
  }

  private static void mix(
      MemorySegment target, long at, int bound, Rgba from, Veil veil, int shift) {
    int others = ~(0xFF << shift);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector share = FloatVector.fromMemorySegment(FLOATS, veil.room(), 4L * i, ORDER);
      IntVector below = IntVector.fromMemorySegment(INTS, target, at + 4L * i, ORDER);
      FloatVector d = floats(below.lanewise(VectorOperators.LSHR, shift).and(0xFF));
      FloatVector s =
          floats(load(from, from.upper(), i).lanewise(VectorOperators.LSHR, shift).and(0xFF));
      ints(d.add(s.sub(d).mul(share)).add(0.5f))
          .lanewise(VectorOperators.LSHL, shift)
          .or(below.and(others))
          .intoMemorySegment(target, at + 4L * i, ORDER);
    }
  }

  private static FloatVector floats(IntVector values) {
    return (FloatVector) values.convertShape(VectorOperators.I2F, FLOATS, 0);
  }

  private static IntVector ints(FloatVector values) {
    return (IntVector) values.convertShape(VectorOperators.F2I, INTS, 0);
  }
}
