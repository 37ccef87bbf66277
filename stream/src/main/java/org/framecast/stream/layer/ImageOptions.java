package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that shows an image.
 *
 * @param file a JPEG, PNG or WebP file; empty for the source image that was chosen
 * @param x where it lies in the room that it leaves, percent from the left
 * @param y percent from the top
 * @param scale from the image's own pixels
 * @param opacity 0 to 1
 */
public record ImageOptions(
    @Option(
            title = "File",
            description = "A JPEG, PNG or WebP file; empty for the source image.",
            byDefault = "",
            max = 200)
        String file,
    @Option(title = "Across", byDefault = "97", min = 0, max = 100, unit = "%") double x,
    @Option(title = "Down", byDefault = "4", min = 0, max = 100, unit = "%") double y,
    @Option(title = "Scale", byDefault = "1", min = 0.05, max = 8, step = 0.05) double scale,
    @Option(title = "Opacity", byDefault = "1", min = 0, max = 1, step = 0.05) double opacity) {}
