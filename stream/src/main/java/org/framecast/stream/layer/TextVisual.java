package org.framecast.stream.layer;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Text as a visual, no larger than the text and never larger than the picture below.
 *
 * <p><b>Thread:</b> any.
 */
final class TextVisual implements VisualSource {
  private static final int OPAQUE = 255;

  private final TextTemplate template;
  private final Lettering lettering;
  private final int margin;
  private final Color ink;
  private final Color ground;
  private final FramePool pool;
  private final Canvases canvases = new Canvases();

  private TextVisual(TextOptions options, Color ink, Color ground, FramePool pool) {
    template = TextTemplate.parse(options.text());
    lettering = Lettering.of(options.size());
    margin = options.size() / 4;
    this.ink = ink;
    this.ground = ground;
    this.pool = pool;
  }

  static TextVisual of(TextOptions options, FramePool pool) {
    Color box = HexColour.parse("boxColor", options.boxColor());
    int opacity = options.box() ? (int) Math.round(options.boxOpacity() * OPAQUE) : 0;
    Color ground = new Color(box.getRed(), box.getGreen(), box.getBlue(), opacity);
    return new TextVisual(options, HexColour.parse("color", options.color()), ground, pool);
  }

  @Override
  public Object version(TimestampedFrame frame) {
    return template.changesWithEveryFrame() ? LIVE : template.fill(frame);
  }

  @Override
  public @Nullable VideoFrame picture(TimestampedFrame frame) {
    String text = template.fill(frame);
    if (text.isBlank()) {
      return null;
    }
    List<String> lines = text.lines().toList();
    int width = lines.stream().mapToInt(lettering::width).max().orElse(1) + 2 * margin;
    int height = lines.size() * lettering.lineHeight() + margin;
    return canvases.draw(
        pool,
        Math.clamp(width, 1, frame.pixels().width()),
        Math.clamp(height, 1, frame.pixels().height()),
        canvas -> draw(canvas, lines));
  }

  private Canvases.Outcome draw(Graphics2D canvas, List<String> lines) {
    canvas.setColor(ground);
    canvas.fill(canvas.getDeviceConfiguration().getBounds());
    canvas.setColor(ink);
    for (int i = 0; i < lines.size(); i++) {
      lettering.draw(canvas, lines.get(i), margin, margin / 2 + i * lettering.lineHeight());
    }
    return Canvases.Outcome.DRAWN;
  }
}
