package org.framecast.stream.flow;

import org.framecast.stream.media.MediaException;

/**
 * An option of a component that cannot be used.
 *
 * <p>Its words are made by the library and its components, never by whoever gave the value, so they
 * may be shown to the one who chose.
 */
public final class OptionException extends MediaException {
  private static final long serialVersionUID = 1L;

  private static final int UNKNOWN = -1;

  private final String layer;
  private final int place;
  private final String option;
  private final String rule;

  /**
   * @param option its name
   * @param rule what holds for it, to be read after the name: "must be true or false"
   */
  public OptionException(String option, String rule) {
    this("", UNKNOWN, option, rule);
  }

  private OptionException(String layer, int place, String option, String rule) {
    super(Code.OPTIONS, "option " + option + " " + rule);
    this.layer = layer;
    this.place = place;
    this.option = option;
    this.rule = rule;
  }

  /** The same fault, of this layer. */
  public OptionException of(String itsLayer) {
    return new OptionException(itsLayer, UNKNOWN, option, rule);
  }

  /** The same fault, of this layer at its place among those that were chosen. */
  public OptionException of(String itsLayer, int itsPlace) {
    return new OptionException(itsLayer, itsPlace, option, rule);
  }

  /** Where the layer stands among those that were chosen; below 0 where nobody said it. */
  public int place() {
    return place;
  }

  /** The layer's name; empty where nobody said it. */
  public String layer() {
    return layer;
  }

  public String option() {
    return option;
  }

  public String rule() {
    return rule;
  }
}
