package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that lays the source image over each box.
 *
 * @param opacity 0 to 1
 * @param scale size of the image in sides of the box
 */
public record PictureOptions(
    @Option(title = "Opacity", byDefault = "1", min = 0, max = 1, step = 0.05) double opacity,
    @Option(
            title = "Scale",
            description = "Size of the image in sides of the box.",
            byDefault = "1",
            min = 0.5,
            max = 2,
            step = 0.05)
        double scale) {}
