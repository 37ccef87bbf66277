package org.framecast.product;

import java.awt.image.BufferedImage;
import java.util.List;
import org.framecast.stream.source.scene.MovingScene;
import org.framecast.stream.source.scene.SceneClass;
import org.framecast.stream.source.scene.TruthBox;

/** Looks for the detector's boxes in a picture, where a scene's objects truly are. */
final class SceneBoxes {
  /** How far from the truth a box's line may lie. */
  private static final int REACH = 5;

  /** Sum over red, green and blue that coding may cost a thin line. */
  private static final int FADED = 130;

  private static final int STEP = 4;

  /** The colour of each class's box, as the boxes layer draws it. */
  private static final int[] COLOURS = {0x2ECC71, 0xFF5252, 0x40A9FF, 0xFFC53D, 0xB37FEB};

  private SceneBoxes() {}

  /** Of the scene's frames, the one whose objects fit best to the boxes in the picture. */
  static int likeliestFrame(MovingScene scene, BufferedImage picture, int from, int to) {
    int best = from;
    double most = -1;
    for (int number = from; number < to; number++) {
      double sum =
          drawn(scene.truthAt(number), picture).stream().mapToDouble(Double::doubleValue).sum();
      if (sum > most) {
        most = sum;
        best = number;
      }
    }
    return best;
  }

  /** For each object the share of its box's sides that are drawn in its class's colour. */
  static List<Double> drawn(List<TruthBox> truth, BufferedImage picture) {
    return truth.stream().map(box -> drawn(box, picture)).toList();
  }

  private static double drawn(TruthBox box, BufferedImage picture) {
    int colour = COLOURS[box.kind().ordinal()];
    int right = (int) (box.x() + box.w());
    int bottom = (int) (box.y() + box.h());
    int found = 0;
    int all = 0;
    for (int x = (int) box.x() + REACH; x < right - REACH; x += STEP) {
      found += isNear(picture, x, (int) box.y(), colour, 0, 1);
      found += isNear(picture, x, bottom, colour, 0, 1);
      all += 2;
    }
    for (int y = (int) box.y() + REACH; y < bottom - REACH; y += STEP) {
      found += isNear(picture, (int) box.x(), y, colour, 1, 0);
      found += isNear(picture, right, y, colour, 1, 0);
      all += 2;
    }
    return (double) found / all;
  }

  private static int isNear(BufferedImage picture, int x, int y, int colour, int across, int down) {
    for (int i = -REACH; i <= REACH; i++) {
      int px = Math.clamp(x + (long) i * across, 0, picture.getWidth() - 1);
      int py = Math.clamp(y + (long) i * down, 0, picture.getHeight() - 1);
      if (difference(picture.getRGB(px, py), colour) < FADED) {
        return 1;
      }
    }
    return 0;
  }

  private static int difference(int a, int b) {
    return Math.abs((a >> 16 & 255) - (b >> 16 & 255))
        + Math.abs((a >> 8 & 255) - (b >> 8 & 255))
        + Math.abs((a & 255) - (b & 255));
  }

  static {
    if (COLOURS.length != SceneClass.values().length) {
      throw new AssertionError("a colour for each class");
    }
  }
}
