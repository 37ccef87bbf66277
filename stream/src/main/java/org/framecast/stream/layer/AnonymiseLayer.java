package org.framecast.stream.layer;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.framecast.stream.flow.PrivacyLayer;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/**
 * Hides what was found, whatever the detecting layer was told to show: every class of its own
 * choice, also where the model is less sure. It never fails open: when nobody looked at this very
 * picture, when the list may have been cut, or with a box that makes no sense, the whole picture is
 * hidden.
 */
public final class AnonymiseLayer implements PrivacyLayer {
  private static final int MOST_PATCHES = 16;
  private static final int FEWEST_PATCHES = 2;

  private final Hider hider;
  private final double margin;
  private final Set<String> classes;

  /**
   * @param classes labels in lower case; empty for all
   */
  public AnonymiseLayer(AnonymiseOptions options, Set<String> classes) {
    double patches = MOST_PATCHES - options.strength() * (MOST_PATCHES - FEWEST_PATCHES);
    this.hider = new Hider(options.mode(), (int) Math.round(patches));
    this.margin = options.margin();
    this.classes = Set.copyOf(classes);
  }

  @Override
  public String name() {
    return AnonymiseLayerProvider.NAME;
  }

  @Override
  public void process(TimestampedFrame frame) {
    List<Detection> sensitive = frame.sensitive();
    if (sensitive == null || sensitive.size() >= DetectLayer.MAX_SENSITIVE) {
      hideWhole(frame);
      return;
    }
    for (int i = 0; i < sensitive.size(); i++) {
      Detection detection = sensitive.get(i);
      if (classes.isEmpty() || classes.contains(detection.label().toLowerCase(Locale.ROOT))) {
        hide(frame, detection);
      }
    }
  }

  @Override
  public void hideWhole(TimestampedFrame frame) {
    VideoFrame pixels = frame.pixels();
    hider.hide(pixels, Region.whole(pixels.width(), pixels.height()));
  }

  private void hide(TimestampedFrame frame, Detection box) {
    if (!isBox(box)) {
      hideWhole(frame);
      return;
    }
    VideoFrame pixels = frame.pixels();
    double acrossX = margin * box.width();
    double acrossY = margin * box.height();
    hider.hide(
        pixels,
        Region.within(
            box.x() - acrossX,
            box.y() - acrossY,
            box.x() + box.width() + acrossX,
            box.y() + box.height() + acrossY,
            pixels.width(),
            pixels.height()));
  }

  private static boolean isBox(Detection box) {
    return Float.isFinite(box.x())
        && Float.isFinite(box.y())
        && Float.isFinite(box.width())
        && Float.isFinite(box.height())
        && box.width() > 0
        && box.height() > 0;
  }
}
