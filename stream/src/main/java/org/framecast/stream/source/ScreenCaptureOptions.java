package org.framecast.stream.source;

import org.framecast.stream.flow.Option;

/**
 * Options of a captured screen.
 *
 * @param device its id in the catalogue, such as {@code :0}
 * @param format how it is reached: x11grab, avfoundation, gdigrab
 * @param width of the part, 0 for the whole screen
 * @param height of the part, 0 for the whole screen
 * @param x left edge of the part
 * @param y upper edge of the part
 */
public record ScreenCaptureOptions(
    @Option(title = "Screen", description = "Empty for the usual one.", byDefault = "", max = 200)
        String device,
    @Option(
            title = "Way in",
            description = "Empty for the system's usual.",
            byDefault = "",
            max = 20)
        String format,
    @Option(title = "Width", byDefault = "0", min = 0, max = 16384, unit = "px") int width,
    @Option(title = "Height", byDefault = "0", min = 0, max = 16384, unit = "px") int height,
    @Option(title = "Left edge", byDefault = "0", min = 0, max = 16384, unit = "px") int x,
    @Option(title = "Upper edge", byDefault = "0", min = 0, max = 16384, unit = "px") int y,
    @Option(title = "Frames a second", byDefault = "30", min = 1, max = 240, unit = "1/s")
        double rate) {
  public ScreenCaptureOptions {
    if ((width == 0) != (height == 0)) {
      throw new IllegalArgumentException("width and height go together");
    }
  }
}
