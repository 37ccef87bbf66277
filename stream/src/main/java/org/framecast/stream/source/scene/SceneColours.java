package org.framecast.stream.source.scene;

import java.awt.Color;

/** The palette of scenes. */
final class SceneColours {

  private static final Color[] SKIN = {
    new Color(0xFFDBB4),
    new Color(0xEDB98A),
    new Color(0xD08B5B),
    new Color(0xAE5D29),
    new Color(0x8D5524),
    new Color(0x614335)
  };
  private static final Color[] HAIR = {
    new Color(0x1C1A1A), new Color(0x4A2F1B), new Color(0xB58143), new Color(0xA9A9A9)
  };
  private static final Color[] EYES = {
    new Color(0x1A1A1A), new Color(0x3B2A1A), new Color(0x1F4E79), new Color(0x2C5E3F)
  };
  private static final Color[] LIPS = {
    new Color(0x8E2A2A), new Color(0xB5483D), new Color(0x5E1F1F), new Color(0x3A1414)
  };

  private SceneColours() {}

  static Color hair(int pick) {
    return HAIR[pick & 3];
  }

  static Color eye(int pick) {
    return EYES[pick & 3];
  }

  static Color lips(int pick) {
    return LIPS[pick & 3];
  }

  static Color skin(SceneRandom random) {
    Color base = SKIN[random.whole(0, SKIN.length - 1)];
    return darker(base, random.between(0.88, 1.05));
  }

  static Color any(SceneRandom random) {
    return new Color(random.whole(0, 255), random.whole(0, 255), random.whole(0, 255));
  }

  /** A colour that stands out from another one by at least the given distance, if one is found. */
  static Color apartFrom(Color other, double distance, SceneRandom random) {
    Color best = any(random);
    for (int i = 0; i < 12 && distance(best, other) < distance; i++) {
      Color next = any(random);
      best = distance(next, other) > distance(best, other) ? next : best;
    }
    return best;
  }

  static Color darker(Color colour, double factor) {
    return new Color(
        scaled(colour.getRed(), factor),
        scaled(colour.getGreen(), factor),
        scaled(colour.getBlue(), factor));
  }

  static double distance(Color a, Color b) {
    double red = a.getRed() - b.getRed();
    double green = a.getGreen() - b.getGreen();
    double blue = a.getBlue() - b.getBlue();
    return StrictMath.sqrt(red * red + green * green + blue * blue);
  }

  private static int scaled(int value, double factor) {
    return Math.clamp((long) (value * factor), 0, 255);
  }
}
