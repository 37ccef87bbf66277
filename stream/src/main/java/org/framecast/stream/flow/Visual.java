package org.framecast.stream.flow;

/**
 * One picture of a composition.
 *
 * @param name unique in its composition
 */
public record Visual(String name, VisualSource source, Look look, Placement placement) {
  /** A visual as it is, from the top left. */
  public static Visual of(String name, VisualSource source) {
    return new Visual(name, source, Look.PLAIN, Placement.FILL);
  }

  /** The same, in that look. */
  public Visual with(Look other) {
    return new Visual(name, source, other, placement);
  }

  /** The same, at that place. */
  public Visual at(Placement other) {
    return new Visual(name, source, look, other);
  }

  /** Whether anything of it can be seen. */
  public boolean isSeen() {
    return look.visibility() == Visibility.VISIBLE && look.opacity() > 0;
  }

  /** Whether it is shown. */
  public enum Visibility {
    VISIBLE,
    HIDDEN
  }

  /**
   * How it is shown.
   *
   * @param z higher lies above lower; of equal ones the later in the list lies above
   * @param opacity 0 to 1, times its own alpha
   */
  public record Look(int z, Visibility visibility, double opacity) {
    /** At the height 0, visible, as opaque as it is. */
    public static final Look PLAIN = new Look(0, Visibility.VISIBLE, 1);

    public Look {
      if (!(opacity >= 0 && opacity <= 1)) {
        throw new IllegalArgumentException("an opacity of " + opacity);
      }
    }

    /** Plain, at that height. */
    public static Look z(int height) {
      return new Look(height, Visibility.VISIBLE, 1);
    }
  }
}
