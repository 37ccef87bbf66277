package org.framecast.stream.sink;

import org.framecast.stream.flow.Option;

/**
 * Options of a window.
 *
 * @param title of the window
 * @param seek seconds that an arrow key goes
 */
public record DisplayOptions(
    @Option(title = "Title", byDefault = "Framecast", max = 100) String title,
    @Option(
            title = "Seek",
            description = "How far an arrow key goes.",
            byDefault = "5",
            min = 0.1,
            max = 600,
            unit = "s")
        double seek) {}
