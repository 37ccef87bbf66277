package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that shows another source.
 *
 * @param source the name of the other source
 * @param x where it lies in the room that it leaves, percent from the left
 * @param y percent from the top
 * @param width percent of the picture's width
 * @param opacity 0 to 1
 */
public record PictureInPictureOptions(
    @Option(
            title = "Source",
            description = "The other source's name; on a server the name of a stream that runs.",
            byDefault = "",
            max = 100)
        String source,
    @Option(title = "Across", byDefault = "97", min = 0, max = 100, unit = "%") double x,
    @Option(title = "Down", byDefault = "95", min = 0, max = 100, unit = "%") double y,
    @Option(title = "Width", byDefault = "25", min = 1, max = 100, unit = "%") double width,
    @Option(title = "Opacity", byDefault = "1", min = 0, max = 1, step = 0.05) double opacity) {}
