package org.example.framecast;

import org.framecast.stream.flow.Option;

/** What a {@link LogSink} can be told. */
public record LogOptions(
    @Option(title = "File", description = "Where it writes.", byDefault = "frames.log", max = 1000)
        String path) {}
