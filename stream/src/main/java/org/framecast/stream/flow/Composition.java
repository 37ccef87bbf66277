package org.framecast.stream.flow;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a compositor shows.
 *
 * <p><b>Thread:</b> any; immutable.
 *
 * @param visuals from the lowest to the highest
 */
public record Composition(Ground ground, List<Visual> visuals) {
  /** Visuals that a composition may have. */
  public static final int MAX_VISUALS = 64;

  /** Sorts the visuals by their height; of equal ones the earlier lies below. */
  public Composition {
    if (visuals.size() > MAX_VISUALS) {
      throw new IllegalArgumentException("more than " + MAX_VISUALS + " visuals");
    }
    Set<String> names = new HashSet<>();
    for (Visual visual : visuals) {
      if (!names.add(visual.name())) {
        throw new IllegalArgumentException("two visuals are named " + visual.name());
      }
    }
    visuals = visuals.stream().sorted(Comparator.comparingInt(v -> v.look().z())).toList();
  }

  /** Visuals over the picture that passes. */
  public static Composition over(Visual... visuals) {
    return new Composition(Ground.PASSING, List.of(visuals));
  }

  /** What lies below all visuals. */
  public enum Ground {
    /** The picture that passes. */
    PASSING,
    /** Black: the picture that passes gives time and size, and is seen where a visual shows it. */
    BLACK
  }
}
