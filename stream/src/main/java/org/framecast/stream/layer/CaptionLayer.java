package org.framecast.stream.layer;

import org.framecast.stream.flow.Layer;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/** Writes a line of text on a dark ground. */
public final class CaptionLayer implements Layer {
  private final CaptionOptions options;
  private final String text;
  private final TextStyle style;

  public CaptionLayer(CaptionOptions options) {
    this.options = options;
    this.text = BitmapFont.drawable(options.text());
    int opacity = (int) Math.round(options.opacity() * Painter.OPAQUE);
    this.style = new TextStyle(options.size(), Ink.WHITE_LUMA, opacity);
  }

  @Override
  public String name() {
    return CaptionLayerProvider.NAME;
  }

  @Override
  public void process(TimestampedFrame frame) {
    if (text.isEmpty() || style.opacity() == 0) {
      return;
    }
    VideoFrame pixels = frame.pixels();
    int size = options.size();
    int margin = 4 * size;
    int width = style.width(text.length()) + size;
    int height = style.lineHeight();
    int free = pixels.width() - width;
    int x =
        switch (options.position()) {
          case TOP_LEFT, BOTTOM_LEFT -> margin;
          case TOP, BOTTOM -> free / 2;
          case TOP_RIGHT, BOTTOM_RIGHT -> free - margin;
        };
    int y =
        switch (options.position()) {
          case TOP_LEFT, TOP, TOP_RIGHT -> margin;
          case BOTTOM_LEFT, BOTTOM, BOTTOM_RIGHT -> pixels.height() - height - margin;
        };
    Painter.fill(pixels, x, y, width, height, Ink.BLACK, style.opacity());
    Painter.text(pixels, x + size, y + size, text, style);
  }
}
