package org.framecast.stream.sink;

import org.framecast.stream.flow.Option;

/**
 * Options of the sink that writes a file.
 *
 * @param path of the file, in one of the folders that may be written to
 * @param hardware that is tried first
 * @param bitrateKbps of the pictures; 0 leaves it to the quality
 * @param quality 1 (small) to 100 (best): picks the bitrate for the picture's size, its rate and
 *     codec
 * @param keyframeSeconds at most from one keyframe to the next
 */
public record FileSinkOptions(
    @Option(
            title = "File",
            description = "Where to write; the ending says the container.",
            byDefault = "",
            max = 4096)
        String path,
    @Option(
            title = "Container",
            description =
                "MP4, MP4 of fragments, Matroska or WebM; auto follows the file's ending.",
            byDefault = "auto")
        FileContainer container,
    @Option(title = "Video codec", byDefault = "auto") VideoChoice videoCodec,
    @Option(
            title = "Hardware",
            description = "Encodes the pictures; where the machine has none, software does.",
            byDefault = "none")
        HardwareChoice hardware,
    @Option(title = "Audio codec", byDefault = "auto") AudioChoice audioCodec,
    @Option(
            title = "Video bitrate",
            description = "0 leaves it to the quality.",
            byDefault = "0",
            min = 0,
            max = 100_000,
            unit = "kbit/s")
        int bitrateKbps,
    @Option(
            title = "Quality",
            description = "Picks the bitrate for the size, the rate and the codec.",
            byDefault = "60",
            min = 1,
            max = 100)
        int quality,
    @Option(
            title = "Keyframe interval",
            byDefault = "2",
            min = 0.1,
            max = 60,
            step = 0.1,
            unit = "s")
        double keyframeSeconds,
    @Option(title = "Audio bitrate", byDefault = "128", min = 16, max = 512, unit = "kbit/s")
        int audioKbps,
    @Option(
            title = "When it is behind",
            description = "Let the stream wait, or drop what is oldest.",
            byDefault = "wait")
        WhenBehind whenBehind) {

  /** What is written when nothing but the path is said. */
  public static FileSinkOptions of(String path) {
    return new FileSinkOptions(
        path,
        FileContainer.AUTO,
        VideoChoice.AUTO,
        HardwareChoice.NONE,
        AudioChoice.AUTO,
        0,
        60,
        2,
        128,
        WhenBehind.WAIT);
  }
}
