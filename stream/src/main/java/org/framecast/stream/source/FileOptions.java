package org.framecast.stream.source;

import org.framecast.stream.flow.Option;

/**
 * Options of the source that reads a file.
 *
 * @param path of the file, in one of the folders that may be read from
 * @param loop how often it is played; 0 without end
 * @param pace when its items are given
 * @param start seconds from its beginning
 * @param audio whether its sound is read
 */
public record FileOptions(
    @Option(title = "File", description = "Path of the media file.", byDefault = "", max = 4096)
        String path,
    @Option(
            title = "Times",
            description = "How often it is played; 0 plays it without end.",
            byDefault = "1",
            min = 0,
            max = 1_000_000)
        int loop,
    @Option(
            title = "Pace",
            description = "In real time, or as fast as the stream takes it.",
            byDefault = "real-time")
        Pace pace,
    @Option(
            title = "Start",
            description = "Where it begins, and begins again.",
            byDefault = "0",
            min = 0,
            max = 1_000_000,
            unit = "s")
        double start,
    @Option(title = "Sound", description = "Read its sound too.", byDefault = "true")
        boolean audio) {
  /** When a file's items are given. */
  public enum Pace {
    /** Each when it is due. */
    REAL_TIME,
    /** Each as soon as it is asked for. */
    AS_FAST_AS_POSSIBLE
  }

  /** Once, from its beginning, with its sound. */
  public static FileOptions of(String path, Pace pace) {
    return new FileOptions(path, 1, pace, 0, true);
  }

  /** The same so many times; 0 without end. */
  public FileOptions times(int rounds) {
    return new FileOptions(path, rounds, pace, start, audio);
  }

  /** The same from that second on. */
  public FileOptions from(double seconds) {
    return new FileOptions(path, loop, pace, seconds, audio);
  }
}
