package org.example.framecast;

import org.framecast.stream.flow.Option;

/** What a {@link CounterSource} can be told. */
public record CounterOptions(
    @Option(
            title = "Pictures",
            description = "How many there are; 0 for no end.",
            byDefault = "100",
            min = 0,
            max = 1_000_000)
        int pictures,
    @Option(title = "Side", byDefault = "64", min = 16, max = 1024, step = 2, unit = "px") int side,
    @Option(title = "Rate", byDefault = "25", min = 1, max = 60, unit = "frames/s") int rate,
    @Option(
            title = "Real time",
            description = "Whether a picture waits until it is due.",
            byDefault = "false")
        boolean paced) {}
