package org.framecast.stream.source;

import org.framecast.stream.flow.Option;

/**
 * Options of a camera; 0 and an empty text leave it to the device.
 *
 * @param device its id in the catalogue
 * @param format how it is reached: v4l2, avfoundation, dshow
 */
public record WebcamOptions(
    @Option(title = "Device", description = "Empty for the first.", byDefault = "", max = 200)
        String device,
    @Option(
            title = "Way in",
            description = "Empty for the system's usual.",
            byDefault = "",
            max = 20)
        String format,
    @Option(title = "Width", byDefault = "0", min = 0, max = 7680, unit = "px") int width,
    @Option(title = "Height", byDefault = "0", min = 0, max = 7680, unit = "px") int height,
    @Option(title = "Frames a second", byDefault = "0", min = 0, max = 240, unit = "1/s")
        double rate) {
  public WebcamOptions {
    if ((width == 0) != (height == 0)) {
      throw new IllegalArgumentException("width and height go together");
    }
  }
}
