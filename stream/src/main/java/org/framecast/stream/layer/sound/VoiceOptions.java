package org.framecast.stream.layer.sound;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that listens for a voice.
 *
 * @param threshold softer sound is never a voice
 * @param margin how far a voice is above the noise around it
 * @param hangover milliseconds without a voice that make a pause
 */
public record VoiceOptions(
    @Option(
            title = "Threshold",
            description = "Softer sound is never a voice.",
            byDefault = "-50",
            min = -90,
            max = 0,
            unit = "dB")
        double threshold,
    @Option(
            title = "Margin",
            description = "How far a voice is above the noise around it.",
            byDefault = "9",
            min = 0,
            max = 40,
            unit = "dB")
        double margin,
    @Option(
            title = "Hangover",
            description = "So long without a voice makes a pause.",
            byDefault = "400",
            min = 0,
            max = 10_000,
            unit = "ms")
        int hangover) {}
