package org.framecast.stream.sink;

import org.framecast.stream.flow.Option;

/**
 * Options of the sink that writes pictures as images.
 *
 * @param path with one {@code %d} or {@code %06d} for the number, in one of the folders that may be
 *     written to
 * @param quality of JPEG, 1 (small) to 100 (best); of PNG how hard to look for a smaller file
 * @param most no more images than that are written
 * @param every one image for so many pictures
 * @param first number of the first image
 */
public record ImageSequenceOptions(
    @Option(
            title = "Files",
            description = "With %d or %06d for the number.",
            byDefault = "",
            max = 4096)
        String path,
    @Option(title = "Format", byDefault = "png") ImageKind format,
    @Option(title = "Quality", byDefault = "80", min = 1, max = 100) int quality,
    @Option(
            title = "At most",
            description = "No more images than that are written.",
            byDefault = "1000",
            min = 1,
            max = 1_000_000)
        int most,
    @Option(
            title = "Every",
            description = "One image for so many pictures.",
            byDefault = "1",
            min = 1,
            max = 100_000)
        int every,
    @Option(title = "First number", byDefault = "0", min = 0, max = 1_000_000) int first,
    @Option(
            title = "When it is behind",
            description = "Let the stream wait, or drop what is oldest.",
            byDefault = "wait")
        WhenBehind whenBehind) {}
