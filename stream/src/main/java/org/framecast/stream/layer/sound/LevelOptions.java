package org.framecast.stream.layer.sound;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that measures how loud sound is.
 *
 * @param window milliseconds of sound that one figure is of
 */
public record LevelOptions(
    @Option(
            title = "Window",
            description = "How much sound one figure is of.",
            byDefault = "300",
            min = 10,
            max = 10_000,
            unit = "ms")
        int window) {}
