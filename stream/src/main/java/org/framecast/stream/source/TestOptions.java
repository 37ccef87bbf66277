package org.framecast.stream.source;

import org.framecast.stream.flow.Option;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.source.pattern.TestPattern;

/**
 * Options of the test source.
 *
 * @param color six hexadecimal digits behind {@code #}
 * @param frames after so many it ends; 0 for never
 * @param audio whether a tone goes with the pictures
 */
public record TestOptions(
    @Option(
            title = "Pattern",
            description = "What the picture shows; number and time are always in it.",
            byDefault = "smpte-bars")
        TestPattern pattern,
    @Option(title = "Width", byDefault = "1280", min = MIN_WIDTH, max = MAX_SIDE, unit = "px")
        int width,
    @Option(title = "Height", byDefault = "720", min = MIN_HEIGHT, max = MAX_SIDE, unit = "px")
        int height,
    @Option(title = "Frames a second", byDefault = "30", min = 0.1, max = 240, unit = "1/s")
        double rate,
    @Option(
            title = "Colour",
            description = "Of the solid picture, the gradient and the box.",
            byDefault = "#3070C0",
            max = 7)
        String color,
    @Option(
            title = "Frames",
            description = "After so many it ends; 0 goes on for ever.",
            byDefault = "0",
            min = 0,
            max = Integer.MAX_VALUE)
        int frames,
    @Option(
            title = "Pace",
            description =
                "Live leaves out what nobody asks for in time, every-frame lets it follow, fast"
                    + " waits for nothing.",
            byDefault = "live")
        TestPace pace,
    @Option(
            title = "Sound",
            description = "A tone that swells once a second, left and right in turn.",
            byDefault = "true")
        boolean audio) {
  static final int MIN_WIDTH = 128;
  static final int MIN_HEIGHT = 64;
  static final int MAX_SIDE = 7680;
  private static final int RED_GREEN_BLUE = 16;

  /**
   * The colour as {@code 0xRRGGBB}.
   *
   * @throws OptionException when it is none
   */
  int rgb() {
    if (!color.matches("#[0-9A-Fa-f]{6}")) {
      throw new OptionException("color", "must be six hexadecimal digits behind #");
    }
    return Integer.parseInt(color.substring(1), RED_GREEN_BLUE);
  }
}
