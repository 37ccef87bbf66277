package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that writes text.
 *
 * @param text lines of text with placeholders; {@link TextTemplate} says which
 * @param size of the letters in pixels
 * @param color {@code #RRGGBB}
 * @param x where it stands in the room that it leaves, percent from the left
 * @param y percent from the top
 * @param opacity of everything, 0 to 1
 * @param box whether it stands on a ground of its own
 * @param boxColor {@code #RRGGBB}
 * @param boxOpacity of the ground, 0 to 1
 */
public record TextOptions(
    @Option(
            title = "Text",
            description =
                "{time}, {frame}, {source}, {width} and {height} stand for what belongs to the"
                    + " picture, other names for what is known of it.",
            byDefault = "{time}",
            max = 200)
        String text,
    @Option(title = "Size", byDefault = "32", min = 8, max = 400, unit = "px") int size,
    @Option(title = "Colour", description = "As #RRGGBB.", byDefault = "#FFFFFF", max = 7)
        String color,
    @Option(title = "Across", byDefault = "3", min = 0, max = 100, unit = "%") double x,
    @Option(title = "Down", byDefault = "4", min = 0, max = 100, unit = "%") double y,
    @Option(title = "Opacity", byDefault = "1", min = 0, max = 1, step = 0.05) double opacity,
    @Option(title = "Box", description = "A ground behind the text.", byDefault = "true")
        boolean box,
    @Option(title = "Box colour", description = "As #RRGGBB.", byDefault = "#000000", max = 7)
        String boxColor,
    @Option(title = "Box opacity", byDefault = "0.5", min = 0, max = 1, step = 0.05)
        double boxOpacity) {}
