package org.framecast.stream.layer;

import java.util.List;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/** Draws a box around each detection, in its class's colour, with its label and score. */
public final class BoxesLayer implements Layer {
  /** Longer labels are cut. */
  private static final int MAX_LABEL = 24;

  /** A blank, up to three digits and a percent sign. */
  private static final int SCORE_CHARACTERS = 5;

  /** Coordinates beyond this lie outside every picture. */
  private static final float FAR = 2 * FrameShape.MAX_SIDE;

  private final BoxesOptions options;
  private final TextStyle light;
  private final TextStyle dark;

  public BoxesLayer(BoxesOptions options) {
    this.options = options;
    this.light = new TextStyle(options.labelSize(), Ink.WHITE_LUMA, Painter.OPAQUE);
    this.dark = new TextStyle(options.labelSize(), Ink.BLACK_LUMA, Painter.OPAQUE);
  }

  @Override
  public String name() {
    return BoxesLayerProvider.NAME;
  }

  @Override
  public void process(TimestampedFrame frame) {
    List<Detection> detections = frame.detections();
    if (detections == null) {
      return;
    }
    VideoFrame pixels = frame.pixels();
    for (int i = 0; i < detections.size(); i++) {
      draw(pixels, detections.get(i));
    }
  }

  private void draw(VideoFrame pixels, Detection detection) {
    int x = pixel(detection.x());
    int y = pixel(detection.y());
    int width = pixel(detection.x() + detection.width()) - x;
    int height = pixel(detection.y() + detection.height()) - y;
    Ink ink = Ink.ofClass(detection.classIndex());
    Painter.outline(pixels, x, y, width, height, options.thickness(), ink);
    if (options.labels() || options.scores()) {
      label(pixels, detection, x, y, ink);
    }
  }

  private static int pixel(float coordinate) {
    return Math.round(Math.clamp(coordinate, -FAR, FAR));
  }

  /** Writes above the box, or inside it when there is no room above. */
  private void label(VideoFrame pixels, Detection detection, int x, int y, Ink ink) {
    TextStyle style = ink.isLight() ? dark : light;
    String label = options.labels() ? detection.label() : "";
    int length = Math.min(label.length(), MAX_LABEL);
    int characters = length + (options.scores() ? SCORE_CHARACTERS : 0);
    int width = style.width(characters) + style.size();
    int left = Math.max(0, Math.min(x, pixels.width() - width));
    int top = Math.max(0, y >= style.lineHeight() ? y - style.lineHeight() : y);
    Painter.fill(pixels, left, top, width, style.lineHeight(), ink, Painter.OPAQUE);
    int at = left + style.size();
    for (int i = 0; i < length; i++) {
      at = Painter.glyph(pixels, at, top + style.size(), label.charAt(i), style);
    }
    if (options.scores()) {
      score(pixels, detection.score(), at, top + style.size(), style);
    }
  }

  private static void score(VideoFrame pixels, float score, int x, int y, TextStyle style) {
    int percent = Math.clamp(Math.round(score * 100), 0, 100);
    int at = Painter.glyph(pixels, x, y, ' ', style);
    at = Painter.glyph(pixels, at, y, percent == 100 ? '1' : ' ', style);
    at = Painter.glyph(pixels, at, y, (char) ('0' + percent / 10 % 10), style);
    at = Painter.glyph(pixels, at, y, (char) ('0' + percent % 10), style);
    Painter.glyph(pixels, at, y, '%', style);
  }
}
