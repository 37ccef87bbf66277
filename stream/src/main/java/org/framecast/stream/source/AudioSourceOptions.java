package org.framecast.stream.source;

import org.framecast.stream.flow.Option;

/**
 * Options of a sound input.
 *
 * @param device its id in the catalogue
 * @param format how it is reached: alsa, pulse, avfoundation, dshow
 */
public record AudioSourceOptions(
    @Option(title = "Device", description = "Empty for the usual one.", byDefault = "", max = 200)
        String device,
    @Option(
            title = "Way in",
            description = "Empty for the system's usual.",
            byDefault = "",
            max = 20)
        String format) {}
