package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Loader;

/** What FFmpeg's own {@code ffprobe} says of a file, after it has decoded all of it. */
record Probe(
    Map<String, String> video,
    Map<String, String> audio,
    double durationSeconds,
    List<Double> pictureTimes,
    List<Double> soundTimes) {

  /** The parser of Opus is given an empty packet at the end of every file. */
  private static final String OF_ITS_OWN_FILES_TOO = "Error parsing Opus packet header.";

  /** A file that nothing is wrong with. */
  static Probe of(Path file) {
    return of(
        file,
        complaint -> {
          throw new AssertionError("ffprobe complains: " + complaint);
        });
  }

  /** A file that ends in the middle of something. */
  static Probe lenient(Path file) {
    return of(file, complaint -> {});
  }

  private static Probe of(Path file, Consumer<String> complaints) {
    String said =
        run(
            List.of(
                Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "format=duration:stream=codec_type,codec_name,profile,width,height,nb_read_frames,"
                    + "duration,start_time:frame=media_type,pts_time",
                "-of",
                "compact",
                file.toString()));
    Map<String, String> video = Map.of();
    Map<String, String> audio = Map.of();
    double duration = Double.NaN;
    List<Double> pictures = new ArrayList<>();
    List<Double> sounds = new ArrayList<>();
    for (String line : said.lines().toList()) {
      Map<String, String> fields = fields(line);
      if (line.startsWith("frame|")) {
        ("video".equals(fields.get("media_type")) ? pictures : sounds)
            .add(Double.parseDouble(fields.getOrDefault("pts_time", "NaN")));
      } else if (line.startsWith("stream|")) {
        if ("video".equals(fields.get("codec_type"))) {
          video = fields;
        } else {
          audio = fields;
        }
      } else if (line.startsWith("format|")) {
        String told = fields.getOrDefault("duration", "N/A");
        duration = told.equals("N/A") ? duration : Double.parseDouble(told);
      } else if (!line.isBlank()
          && !line.startsWith("program|")
          && !line.endsWith(OF_ITS_OWN_FILES_TOO)) {
        complaints.accept(line);
      }
    }
    return new Probe(video, audio, duration, pictures, sounds);
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : line.split("\\|")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals), field.substring(equals + 1));
      }
    }
    return fields;
  }

  /** Runs a program to its end and gives what it said. */
  static String run(List<String> command) {
    try {
      Path said = Files.createTempFile("said", ".txt");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        // The program's libraries lie beside it, and not all of them say so.
        String home = command.getFirst().substring(0, command.getFirst().lastIndexOf('/'));
        builder.environment().put("LD_LIBRARY_PATH", home);
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "in time: " + command);
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), command + " said " + text);
        return text;
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** So many pictures, each within the tolerance of its beat, each later than the one before. */
  void requireBeats(int pictures, double beatSeconds, double toleranceSeconds) {
    assertEquals(pictures, pictureTimes.size(), "pictures");
    for (int i = 0; i < pictures; i++) {
      assertEquals(i * beatSeconds, pictureTimes.get(i), toleranceSeconds, "picture " + i);
      assertTrue(i == 0 || pictureTimes.get(i) > pictureTimes.get(i - 1), "picture " + i);
    }
  }
}
