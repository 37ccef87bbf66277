package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that draws boxes.
 *
 * @param thickness of the lines
 * @param labels whether each box carries its class
 * @param scores whether the label says how sure the model is
 * @param labelSize pixels of one dot of the font; a line is ten dots high
 */
public record BoxesOptions(
    @Option(title = "Line width", byDefault = "3", min = 1, max = 16, unit = "px") int thickness,
    @Option(title = "Labels", description = "Write the class on each box.", byDefault = "true")
        boolean labels,
    @Option(title = "Scores", description = "Write how sure the model is.", byDefault = "true")
        boolean scores,
    @Option(
            title = "Label size",
            description = "Pixels of one dot; a line of text is ten dots high.",
            byDefault = "2",
            min = 1,
            max = 6,
            unit = "px")
        int labelSize) {}
