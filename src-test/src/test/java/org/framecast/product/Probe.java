package org.framecast.product;

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
import org.bytedeco.javacpp.Loader;

/**
 * What FFmpeg's own {@code ffprobe} says of a file, after it has decoded all of it.
 *
 * @param video what it says of the pictures; empty without any
 * @param audio of the sound
 */
record Probe(Map<String, String> video, Map<String, String> audio) {
  private static final String FIELDS =
      "stream=codec_type,codec_name,width,height,nb_read_frames,duration,start_time";

  /** A file that nothing is wrong with. */
  static Probe of(Path file) {
    String program = Loader.load(org.bytedeco.ffmpeg.ffprobe.class);
    String said =
        run(
            program,
            new ArrayList<>(
                List.of(program, "-v", "error", "-count_frames", "-show_entries", FIELDS)),
            file);
    Map<String, String> video = Map.of();
    Map<String, String> audio = Map.of();
    for (String line : said.lines().filter(it -> !it.isBlank()).toList()) {
      Map<String, String> fields = fields(line);
      if (!line.startsWith("stream|")) {
        throw new AssertionError("ffprobe complains of " + file + ": " + said);
      }
      if ("video".equals(fields.get("codec_type"))) {
        video = fields;
      } else {
        audio = fields;
      }
    }
    return new Probe(video, audio);
  }

  /** Pictures that it decoded. */
  int pictures() {
    return Integer.parseInt(video.getOrDefault("nb_read_frames", "0"));
  }

  /** How long its pictures last. */
  double pictureSeconds() {
    return Double.parseDouble(video.getOrDefault("duration", "0"));
  }

  /** How long its sound lasts. */
  double soundSeconds() {
    return Double.parseDouble(audio.getOrDefault("duration", "0"));
  }

  /** Width and height as {@code 640x360}. */
  String size() {
    return video.get("width") + "x" + video.get("height");
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

  private static String run(String program, List<String> words, Path file) {
    try {
      Path said = Files.createTempFile("said", ".txt");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.command().addAll(List.of("-of", "compact", file.toString()));
        // The program's libraries lie beside it, and not all of them say so.
        builder
            .environment()
            .put("LD_LIBRARY_PATH", Path.of(program).resolveSibling("").toString());
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("ffprobe hangs");
        }
        String text = Files.readString(said, StandardCharsets.UTF_8);
        if (process.exitValue() != 0) {
          throw new AssertionError("ffprobe cannot read " + file + ": " + text);
        }
        return text;
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
