package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that hides what was detected.
 *
 * @param mode how it hides
 * @param strength 0 leaves sixteen patches across what is hidden, 1 leaves two
 * @param margin how far beyond the box it hides, in sides of the box
 * @param classes names of the classes to hide, separated by commas; empty for all
 */
public record AnonymiseOptions(
    @Option(title = "Mode", byDefault = "pixelate") Mode mode,
    @Option(
            title = "Strength",
            description = "How little is left to be seen.",
            byDefault = "0.75",
            min = 0,
            max = 1,
            step = 0.05)
        double strength,
    @Option(
            title = "Margin",
            description = "How far beyond the box it hides, in sides of the box.",
            byDefault = "0.15",
            min = 0,
            max = 1,
            step = 0.05)
        double margin,
    @Option(
            title = "Classes",
            description = "Names of the classes to hide, separated by commas; empty for all.",
            byDefault = "",
            classes = true)
        String classes) {

  /** How something is hidden. */
  public enum Mode {
    /** Patches of one colour. */
    PIXELATE,
    /** The same patches, joined smoothly. */
    BLUR
  }
}
