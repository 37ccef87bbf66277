package org.framecast.stream.sink;

import org.framecast.stream.flow.Option;

/**
 * Options of the sink that makes playlists and segments.
 *
 * @param path of a folder, in one of those that may be written to; empty keeps all in memory for
 *     the server
 * @param window how many segments a playlist names; 0 for all, in a folder alone
 * @param rungs how many sizes: each has half of the height of the one above
 * @param bitrateKbps of the largest size; 0 leaves it to the quality
 * @param quality 1 (small) to 100 (best)
 * @param partMillis about how long a part is; 0 for none; a folder has none
 */
public record HlsSinkOptions(
    @Option(
            title = "Folder",
            description = "Where to write; empty keeps the stream in memory for the server.",
            byDefault = "",
            max = 4096)
        String path,
    @Option(title = "Segment", byDefault = "2", min = 0.5, max = 30, step = 0.1, unit = "s")
        double segmentSeconds,
    @Option(
            title = "Window",
            description = "Segments that a playlist names; 0 for all.",
            byDefault = "6",
            min = 0,
            max = 1_000)
        int window,
    @Option(
            title = "Sizes",
            description = "Each has half of the height of the one above.",
            byDefault = "3",
            min = 1,
            max = 3)
        int rungs,
    @Option(
            title = "Video bitrate",
            description = "Of the largest size; 0 leaves it to the quality.",
            byDefault = "0",
            min = 0,
            max = 100_000,
            unit = "kbit/s")
        int bitrateKbps,
    @Option(
            title = "Quality",
            description = "Picks the bitrate for the size and the rate.",
            byDefault = "50",
            min = 1,
            max = 100)
        int quality,
    @Option(title = "Audio bitrate", byDefault = "128", min = 16, max = 512, unit = "kbit/s")
        int audioKbps,
    @Option(
            title = "Part",
            description = "About how long a part is; 0 for none. A folder has none.",
            byDefault = "333",
            min = 0,
            max = 2_000,
            unit = "ms")
        int partMillis,
    @Option(
            title = "When it is behind",
            description = "Let the stream wait, or drop what is oldest.",
            byDefault = "drop")
        WhenBehind whenBehind) {}
