package org.framecast.stream.layer.overlay;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.framecast.stream.flow.Placement;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;

/**
 * Lays pictures over others.
 *
 * <p><b>Thread:</b> any; nothing is kept between two calls. What {@link #prepare} made may be laid
 * by several at a time.
 *
 * <p><b>Units and shapes:</b> a picture is RGBA with straight alpha or I420; a target likewise.
 */
public final class Overlay {
  private final Strips strips;
  private final int count;

  private Overlay(Strips strips, int count) {
    this.strips = strips;
    this.count = count;
  }

  /**
   * A picture ready for every target of that size: a frame then costs the blend alone.
   *
   * <p><b>Ownership:</b> both are lent; the result is the garbage collector's.
   *
   * @param target I420
   * @param opacity 0 to 1
   */
  public static Overlay prepare(
      VideoFrame picture, Placement placement, double opacity, VideoFrame target) {
    return prepare(Means.best(), picture, placement, opacity, target);
  }

  static Overlay prepare(
      Means means, VideoFrame picture, Placement placement, double opacity, VideoFrame target) {
    Spot spot = Spot.of(picture, placement, target);
    int count = spot.area().isEmpty() ? 0 : spot.area().strips();
    Strips strips = new Strips(means.kernel(), spot.area(), count, Arena.ofAuto());
    try (Arena scratch = Arena.ofConfined()) {
      StripSource source = source(means, picture, spot, fixed(opacity), scratch);
      for (int i = 0; i < count; i++) {
        source.prepare(i, strips, i);
      }
    }
    return new Overlay(strips, count);
  }

  /** Lays it over a target of the size that it was prepared for. */
  public void lay(VideoFrame target) {
    for (int i = 0; i < count; i++) {
      strips.lay(i, i, target);
    }
  }

  /**
   * Lays several over a target, the first lowest. They go down the picture side by side: what lies
   * below is read and written once, not once for each.
   */
  public static void lay(List<Overlay> overlays, VideoFrame target) {
    for (int row = 0; row < target.height(); row += 2) {
      for (int i = 0; i < overlays.size(); i++) {
        overlays.get(i).layRow(row, target);
      }
    }
  }

  private void layRow(int row, VideoFrame target) {
    int strip = (row - strips.area().top()) / 2;
    if (row >= strips.area().top() && strip < count) {
      strips.lay(strip, strip, target);
    }
  }

  /** Lays a picture that may be another the next time. */
  public static void lay(
      VideoFrame picture, Placement placement, double opacity, VideoFrame target) {
    lay(Means.best(), picture, placement, opacity, target);
  }

  static void lay(
      Means means, VideoFrame picture, Placement placement, double opacity, VideoFrame target) {
    Spot spot = Spot.of(picture, placement, target);
    if (spot.area().isEmpty()) {
      return;
    }
    switch (target.format()) {
      case I420 -> layOnVideo(means, picture, spot, fixed(opacity), target);
      case RGBA -> layOnRgba(means, picture, spot, fixed(opacity), target);
      case BGR24 -> throw new IllegalArgumentException("a target is I420 or RGBA");
    }
  }

  private static int fixed(double opacity) {
    return (int) Math.round(opacity * RowKernel.OPAQUE);
  }

  private static StripSource source(
      Means means, VideoFrame picture, Spot spot, int opacity, Arena scratch) {
    return picture.format() == PixelFormat.I420
        ? new VideoStrips(picture, spot, opacity, means.axes())
        : new RgbaStrips(means, picture, spot, opacity, scratch);
  }

  /** A strip is prepared and laid before the next one: it does not leave the cache. */
  private static void layOnVideo(
      Means means, VideoFrame picture, Spot spot, int opacity, VideoFrame target) {
    try (Arena scratch = Arena.ofConfined()) {
      StripSource source = source(means, picture, spot, opacity, scratch);
      Strips strip = new Strips(means.kernel(), spot.area(), 1, scratch);
      for (int i = 0; i < spot.area().strips(); i++) {
        source.prepare(i, strip, 0);
        strip.lay(0, i, target);
      }
    }
  }

  private static void layOnRgba(
      Means means, VideoFrame picture, Spot spot, int opacity, VideoFrame target) {
    Spot.Area area = spot.area();
    try (Arena scratch = Arena.ofConfined()) {
      RgbaStrips source = new RgbaStrips(means, picture, spot, opacity, scratch);
      RowKernel.Veil veil =
          new RowKernel.Veil(opacity, scratch.allocate(RowKernel.Veil.ROOM, Strips.ALIGNMENT));
      for (int i = 0; i < area.strips(); i++) {
        RowKernel.Rgba rows = source.rows(i);
        int row = area.top() + 2 * i;
        layRow(means.kernel(), rows, area, row, veil, target);
        if (row + 1 < area.bottom()) {
          layRow(means.kernel(), rows.lowerAlone(), area, row + 1, veil, target);
        }
      }
    }
  }

  private static void layRow(
      RowKernel kernel,
      RowKernel.Rgba from,
      Spot.Area area,
      int row,
      RowKernel.Veil veil,
      VideoFrame target) {
    long at = (long) row * target.stride(0) + 4L * area.left();
    for (int i = 0; i < area.width(); i += RowKernel.RUN) {
      int count = Math.min(RowKernel.RUN, area.width() - i);
      RowKernel.Rgba here = from.moved(4L * i);
      int cover = kernel.cover(here.pixels(), here.upper(), count);
      if ((cover & RowKernel.ALL) != 0 && veil.opacity() == RowKernel.OPAQUE) {
        MemorySegment.copy(here.pixels(), here.upper(), target.plane(0), at + 4L * i, 4L * count);
      } else if (cover != 0) {
        kernel.over(target.plane(0), at + 4L * i, count, here, veil);
      }
    }
  }
}
