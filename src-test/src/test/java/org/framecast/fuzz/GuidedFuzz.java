package org.framecast.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Jazzer calls with inputs that it chooses by the branches that earlier ones reached. It asks
 * for no interface, only for these names; the target's name is the first of its arguments.
 *
 * <p>As a program: {@code GuidedFuzz FOLDER} writes what Jazzer begins with: for each target a
 * folder {@code FOLDER/NAME/seeds} and the words of its grammar, {@code FOLDER/NAME/words}.
 */
public final class GuidedFuzz {
  private static @Nullable FuzzTarget target;
  private static @Nullable FuzzProbe probe;

  private GuidedFuzz() {}

  /** Opens the target. */
  public static void fuzzerInitialize(String[] args) {
    FuzzTarget opened = FuzzTargets.open(args[0]);
    // The first ones load and compile.
    opened.seeds().forEach(opened::feed);
    target = opened;
    probe = new FuzzProbe(opened);
  }

  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Objects.requireNonNull(probe).feed(input);
  }

  /** Says what was seen, and whether anything is left open. */
  public static void fuzzerTearDown() {
    try {
      Objects.requireNonNull(target).close();
      System.out.println("fuzz: " + probe);
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      // What is thrown here, in the JVM's shutdown, makes Jazzer wait for itself.
      Runtime.getRuntime().halt(1);
    }
  }

  public static void main(String[] args) throws IOException {
    for (String name : FuzzTargets.all().keySet()) {
      try (FuzzTarget opened = FuzzTargets.open(name)) {
        Path folder = Path.of(args[0], name);
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        List<byte[]> all = opened.seeds();
        for (int i = 0; i < all.size(); i++) {
          Files.write(seeds.resolve("seed-" + i), all.get(i));
        }
        Files.write(
            folder.resolve("words"), opened.words().stream().map(GuidedFuzz::quoted).toList());
      }
    }
  }

  /** A word as libFuzzer's dictionaries want it. */
  private static String quoted(String word) {
    StringBuilder line = new StringBuilder("\"");
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      line.append("\\x").append(HexFormat.of().toHexDigits(b));
    }
    return line.append('"').toString();
  }
}
