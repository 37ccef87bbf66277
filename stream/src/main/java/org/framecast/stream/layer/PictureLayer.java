package org.framecast.stream.layer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/**
 * Lays the source image over each detection: it fills the box, keeps its shape, and what does not
 * fit is cut off evenly.
 */
public final class PictureLayer implements Layer {
  /** Fractions of a source pixel: 16 bits. */
  private static final int FRACTION_BITS = 16;

  private static final int MAX_ALPHA = 255;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  private final YuvaImage image;
  private final double scale;
  private final int opacity;

  PictureLayer(PictureOptions options, YuvaImage image) {
    this.image = image;
    this.scale = options.scale();
    this.opacity = (int) Math.round(options.opacity() * Painter.OPAQUE);
  }

  @Override
  public String name() {
    return PictureLayerProvider.NAME;
  }

  @Override
  public void process(TimestampedFrame frame) {
    List<Detection> detections = frame.detections();
    if (detections == null || opacity == 0) {
      return;
    }
    for (int i = 0; i < detections.size(); i++) {
      draw(frame.pixels(), detections.get(i));
    }
  }

  private void draw(VideoFrame pixels, Detection box) {
    double width = box.width() * scale;
    double height = box.height() * scale;
    double left = box.x() + (box.width() - width) / 2;
    double top = box.y() + (box.height() - height) / 2;
    Region region =
        Region.within(left, top, left + width, top + height, pixels.width(), pixels.height());
    if (region.isEmpty() || !(width >= 1) || !(height >= 1)) {
      return;
    }
    YuvaImage.Level level = image.levelFor(width);
    double perPixel = Math.min(level.width() / width, level.height() / height);
    Sampling luma =
        new Sampling(
            level.width() / 2.0 + (region.left() + 0.5 - left - width / 2) * perPixel,
            level.height() / 2.0 + (region.top() + 0.5 - top - height / 2) * perPixel,
            perPixel);
    draw(pixels, 0, region, level, luma);
    Sampling chroma = luma.halved();
    draw(pixels, 1, region.halved(), level, chroma);
    draw(pixels, 2, region.halved(), level, chroma);
  }

  private void draw(
      VideoFrame frame, int plane, Region region, YuvaImage.Level level, Sampling sampling) {
    MemorySegment pixels = frame.plane(plane);
    long stride = frame.stride(plane);
    byte[] values = level.plane(plane);
    byte[] alphas = level.a();
    for (int y = 0; y < region.height(); y++) {
      int sourceRow = sampling.row(y, level.height()) * level.width();
      long at = (region.top() + y) * stride + region.left();
      for (int x = 0; x < region.width(); x++, at++) {
        int source = sourceRow + sampling.column(x, level.width());
        int alpha = (alphas[source] & 0xFF) * opacity / MAX_ALPHA;
        int below = pixels.get(BYTE, at) & 0xFF;
        int value = below + (((values[source] & 0xFF) - below) * alpha >> 8);
        pixels.set(BYTE, at, (byte) value);
      }
    }
  }

  /** Which source pixel belongs to which pixel of the picture, in fixed point. */
  private record Sampling(double firstX, double firstY, double step) {
    int column(int x, int width) {
      return Math.clamp((fixed(firstX) + (long) x * fixed(step)) >> FRACTION_BITS, 0, width - 1);
    }

    int row(int y, int height) {
      return Math.clamp((fixed(firstY) + (long) y * fixed(step)) >> FRACTION_BITS, 0, height - 1);
    }

    /** For a plane of half the size: its first pixel covers the first two. */
    Sampling halved() {
      return new Sampling(firstX + step / 2, firstY + step / 2, 2 * step);
    }

    private static long fixed(double value) {
      return (long) (value * (1 << FRACTION_BITS));
    }
  }
}
