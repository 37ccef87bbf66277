package org.framecast.stream.layer.overlay;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Plain Java; gives the same bits as {@link VectorKernel}. */
final class ScalarKernel implements RowKernel {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);

  /** Smaller than any cover that is not 0: keeps a division from giving no number. */
  static final float TINY = 1e-9f;

  @Override
  public int cover(MemorySegment rgba, long at, int pixels) {
    return cover(rgba, at, 0, pixels, 0xFFFFFFFF, 0);
  }

  static int cover(MemorySegment rgba, long at, int from, int pixels, int all, int some) {
    int every = all;
    int any = some;
    for (int i = from; i < pixels; i++) {
      int pixel = rgba.get(INT, at + 4L * i);
      every &= pixel;
      any |= pixel;
    }
    return (any >>> 24 == 0 ? 0 : SOME) | (every >>> 24 == 0xFF ? ALL : 0);
  }

  @Override
  public void luma(Rgba from, int pixels, int opacity, MemorySegment strip, long p) {
    luma(from, 0, pixels, opacity, strip, p);
  }

  static void luma(Rgba from, int first, int pixels, int opacity, MemorySegment strip, long p) {
    for (int i = first; i < pixels; i++) {
      int pixel = from.pixels().get(INT, from.upper() + 4L * i);
      int light =
          (pixel & 0xFF) * Bt601.Y_RED
                  + (pixel >>> 8 & 0xFF) * Bt601.Y_GREEN
                  + (pixel >>> 16 & 0xFF) * Bt601.Y_BLUE
                  + Bt601.Y_BASE
              >>> Bt601.Y_SHIFT;
      int cover = (pixel >>> 24) * opacity + 128 >>> 8;
      int rounded = Bt601.rounded(cover);
      long at = p + RowKernel.spread(i, LUMA_STEP);
      strip.set(BYTE, at, (byte) Bt601.value(light * cover, cover, rounded));
      strip.set(BYTE, at + GROUP, (byte) rounded);
    }
  }

  @Override
  public void chroma(Rgba from, int pixels, int opacity, MemorySegment strip, ChromaPlace place) {
    chroma(from, 0, pixels, opacity, strip, place);
  }

  static void chroma(
      Rgba from, int first, int pixels, int opacity, MemorySegment strip, ChromaPlace place) {
    MemorySegment rgba = from.pixels();
    for (int i = first; i < pixels; i += 2) {
      long upper = from.upper() + 4L * i;
      long lower = from.lower() + 4L * i;
      sample(
          rgba.get(INT, upper),
          rgba.get(INT, upper + 4),
          rgba.get(INT, lower),
          rgba.get(INT, lower + 4),
          opacity,
          strip,
          place.u() + RowKernel.spread(i / 2, CHROMA_STEP));
    }
  }

  private static void sample(
      int a, int b, int c, int d, int opacity, MemorySegment strip, long at) {
    int red = times(a, 0) + times(b, 0) + times(c, 0) + times(d, 0);
    int green = times(a, 8) + times(b, 8) + times(c, 8) + times(d, 8);
    int blue = times(a, 16) + times(b, 16) + times(c, 16) + times(d, 16);
    int covers = (a >>> 24) + (b >>> 24) + (c >>> 24) + (d >>> 24) << 6;
    int u =
        covers * Bt601.UV_MIDDLE
                + blue * Bt601.U_BLUE
                + red * Bt601.U_RED
                + green * Bt601.U_GREEN
                + Bt601.UV_ROUND
            >>> Bt601.UV_SHIFT;
    int v =
        covers * Bt601.UV_MIDDLE
                + red * Bt601.V_RED
                + green * Bt601.V_GREEN
                + blue * Bt601.V_BLUE
                + Bt601.UV_ROUND
            >>> Bt601.UV_SHIFT;
    int cover = covers * opacity + (1 << 15) >>> 16;
    int rounded = Bt601.rounded(cover);
    strip.set(BYTE, at, (byte) Bt601.value(u * opacity, cover, rounded));
    strip.set(BYTE, at + GROUP, (byte) rounded);
    strip.set(BYTE, at + 2 * GROUP, (byte) Bt601.value(v * opacity, cover, rounded));
  }

  /** A quarter of a colour times its alpha: four of them fill 16 bits. */
  private static int times(int pixel, int shift) {
    return (pixel >>> shift & 0xFF) * (pixel >>> 24) + 2 >>> 2;
  }

  @Override
  public void blend(
      MemorySegment target, long at, int bytes, MemorySegment strip, long p, int gap, int step) {
    for (int i = 0; i < bytes; i += GROUP) {
      long values = p + RowKernel.spread(i, step);
      blend(target, at + i, 0, Math.min(GROUP, bytes - i), strip, values, values + gap);
    }
  }

  /** Within one group. */
  static void blend(
      MemorySegment target, long at, int from, int bytes, MemorySegment strip, long p, long a) {
    for (int i = from; i < bytes; i++) {
      int below = target.get(BYTE, at + i) & 0xFF;
      int cover = strip.get(BYTE, a + i) & 0xFF;
      int product = below * (255 - cover) + 128;
      int left = product + (product >>> 8) >>> 8;
      target.set(BYTE, at + i, (byte) (left + (strip.get(BYTE, p + i) & 0xFF)));
    }
  }

  @Override
  public void over(MemorySegment target, long at, int pixels, Rgba from, Veil veil) {
    over(target, at, 0, pixels, from, veil.opacity());
  }

  static void over(MemorySegment target, long at, int first, int pixels, Rgba from, int opacity) {
    float unit = opacity / (255f * OPAQUE);
    for (int i = first; i < pixels; i++) {
      int above = from.pixels().get(INT, from.upper() + 4L * i);
      int below = target.get(INT, at + 4L * i);
      float cover = (above >>> 24) * unit;
      float under = (below >>> 24) * (1f / 255);
      float both = cover + under * (1f - cover);
      float share = cover / Math.max(both, TINY);
      int red = mixed(below & 0xFF, above & 0xFF, share);
      int green = mixed(below >>> 8 & 0xFF, above >>> 8 & 0xFF, share);
      int blue = mixed(below >>> 16 & 0xFF, above >>> 16 & 0xFF, share);
      int alpha = (int) (both * 255f + 0.5f);
      target.set(INT, at + 4L * i, red | green << 8 | blue << 16 | alpha << 24);
    }
  }

  private static int mixed(int below, int above, float share) {
    float d = below;
    return (int) (d + ((float) above - d) * share + 0.5f);
  }
}
