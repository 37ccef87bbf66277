package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the detecting layer.
 *
 * @param confidence least score, 0 to 1
 * @param overlap of two boxes of a class that overlap more, the worse one is dropped
 * @param classes names of the classes to keep, separated by commas; empty for all
 */
public record DetectOptions(
    @Option(
            title = "Confidence",
            description = "How sure the model must be.",
            byDefault = "0.4",
            min = 0.05,
            max = 0.95,
            step = 0.05)
        double confidence,
    @Option(
            title = "Overlap",
            description = "Boxes of one class that overlap more than this count as one.",
            byDefault = "0.6",
            min = 0.1,
            max = 0.9,
            step = 0.05)
        double overlap,
    @Option(
            title = "Classes",
            description = "Names of the classes to keep, separated by commas; empty for all.",
            byDefault = "",
            classes = true)
        String classes) {}
