package org.framecast.stream.layer.sound;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that makes sound louder or softer.
 *
 * @param gain in decibels; 0 changes nothing
 */
public record GainOptions(
    @Option(
            title = "Gain",
            description = "What would be louder than full scale is cut off there.",
            byDefault = "0",
            min = -60,
            max = 24,
            step = 0.5,
            unit = "dB")
        double gain) {}
