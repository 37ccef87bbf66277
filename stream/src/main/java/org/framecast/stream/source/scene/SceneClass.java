package org.framecast.stream.source.scene;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What an object of a scene is. The order is the order of the class scores of the detector. */
public enum SceneClass {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  STAR,
  FACE;

  /** The class name as models and the API spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The labels in the order of the class scores. */
  public static List<String> labels() {
    return Stream.of(values()).map(SceneClass::label).toList();
  }
}
