package org.framecast.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What Pion viewers see through our relay, which loses, delays and reorders packets by a seed. */
public final class LossBench {
  private LossBench() {}

  /** Runs the benchmark; exits with 1 when the picture stood still at 5 % for over 2 s. */
  public static void main(String[] arguments) throws IOException {
    BenchOptions options =
        new BenchOptions("loss: the picture through a bad network; then the same in Chromium")
            .option("base", "http://127.0.0.1:8080", "address of the server, set by bin/bench")
            .option("media", "127.0.0.1:8189", "its UDP port, set by bin/bench")
            .option("stream", "demo", "what is watched")
            .option("losses", "0,0.05,0.20", "shares of packets that are lost, each way")
            .option("reorder", "0.02", "share of packets that are held back 25 ms")
            .option("delay", "50", "ms each way")
            .option("seconds", "60", "measured time")
            .option("viewers", "4", "viewers behind the relay")
            .option("seed", "1", "of the relay")
            .parse(arguments);
    print(
        "%-6s %8s %8s %9s %8s %8s %8s %8s %8s %9s %8s%n",
        "loss", "fps", "lowest", "longest", ">2 s", "NACKs", "came", "gaps", "PLIs", "kbit/s",
        "sound");
    boolean met = true;
    for (String loss : options.text("losses").split(",")) {
      JsonLine measured = measure(options, loss);
      JsonLine sum = measured.object("sum");
      double viewers = measured.number("viewers");
      double seconds = measured.number("seconds");
      print(
          "%-6s %8.1f %8.1f %6.0f ms %8.0f %8.0f %8.0f %8.0f %8.0f %9.0f %7.1f%%%n",
          loss,
          sum.number("frames") / seconds / viewers,
          measured.object("fps").number("min"),
          sum.number("longest_pause_ms"),
          sum.number("freezes_over_2s"),
          sum.number("nacks"),
          sum.number("recovered"),
          sum.number("gaps"),
          sum.number("plis"),
          measured.number("kbps_per_viewer"),
          100 * sum.number("audio_packets") / (50 * seconds * viewers));
      met &= Double.parseDouble(loss) > 0.05 || sum.number("freezes_over_2s") == 0;
    }
    System.exit(met ? 0 : 1);
  }

  private static JsonLine measure(BenchOptions options, String loss) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process relay =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                UdpRelay.class.getName(),
                "--to",
                options.text("media"),
                "--loss",
                loss,
                "--reorder",
                options.text("reorder"),
                "--delay",
                options.text("delay"),
                "--seed",
                options.text("seed"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output = relay.inputReader()) {
      String port = output.readLine().substring("listening ".length());
      List<JsonLine> lines =
          PionClient.run(
              List.of(
                  "view",
                  "-url",
                  options.text("base") + "/whep/" + options.text("stream"),
                  "-candidate",
                  "127.0.0.1:" + port,
                  "-n",
                  options.text("viewers"),
                  "-warmup",
                  "3s",
                  "-seconds",
                  options.text("seconds") + "s"),
              line -> {});
      return PionClient.event(lines, "measured");
    } finally {
      relay.destroy();
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
