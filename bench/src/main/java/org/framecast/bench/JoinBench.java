package org.framecast.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long viewers on Pion wait: POST to 201 in a rush, POST to the first frame that decodes. */
public final class JoinBench {
  private static final double MAX_POST_P50 = 5;
  private static final double MAX_POST_P99 = 20;
  private static final double MAX_FIRST_P95 = 450;

  private JoinBench() {}

  /** Runs the benchmark; exits with 1 when a goal is missed. */
  public static void main(String[] arguments) {
    BenchOptions options =
        new BenchOptions(
                "join: how long a viewer waits; then the same in Chromium (--joins, --gap)")
            .option("base", "http://127.0.0.1:8080", "address of the server, set by bin/bench")
            .option("rush", "300", "joins at 30 a second, each leaves after a second")
            .option("spaced", "40", "joins at least a second apart")
            .option(
                "warmup", "3", "rushes before the first that counts: the server's code compiles")
            .option("rounds", "3", "rushes that count, all alike")
            .parse(arguments);
    String base = options.text("base") + "/whep/";
    run(base + "demo-raw", "1", "1", "20s");
    List<JsonLine> counted = new ArrayList<>();
    int warmup = (int) options.number("warmup");
    for (int i = 0; i < warmup + options.number("rounds"); i++) {
      JsonLine rush = run(base + "demo-raw", options.text("rush"), "30", "1s");
      JsonLine post = rush.object("post_ms");
      print(
          "rush of %s at 30 a second, demo-raw%s%n",
          options.text("rush"), i < warmup ? ", to warm up" : "");
      print("  POST to 201        %s%n", spread(post));
      print("  first frame        %s%n", spread(rush.object("first_frame_ms")));
      if (i >= warmup) {
        counted.add(post);
      }
    }
    double p50 = median(counted, "p50");
    double p99 = median(counted, "p99");
    print(
        "POST to 201, median of the rushes that count: p50 %.1f ms (goal %s), p99 %.1f ms (goal %s)%n",
        p50, MAX_POST_P50, p99, MAX_POST_P99);
    boolean met = p50 <= MAX_POST_P50 && p99 <= MAX_POST_P99;
    JsonLine burst = run(base + "demo", "30", "1000", "1s");
    print(
        "burst of 30 at once, demo%n  first frame        %s%n",
        spread(burst.object("first_frame_ms")));
    JsonLine spaced = run(base + "demo", options.text("spaced"), "0.9", "200ms");
    JsonLine first = spaced.object("first_frame_ms");
    print("%s joins 1.1 s apart, demo%n", options.text("spaced"));
    print("  POST to 201        %s%n", spread(spaced.object("post_ms")));
    print("  connected          %s%n", spread(spaced.object("connected_ms")));
    print("  first frame        %s (goal p95 %s)%n", spread(first), MAX_FIRST_P95);
    met &= first.number("p95") <= MAX_FIRST_P95;
    System.exit(met ? 0 : 1);
  }

  private static double median(List<JsonLine> rushes, String figure) {
    return Median.of(rushes.stream().map(rush -> rush.number(figure)).toList());
  }

  private static JsonLine run(String url, String viewers, String rate, String stay) {
    List<String> command = new ArrayList<>(List.of("view", "-url", url, "-n", viewers));
    command.addAll(List.of("-rate", rate, "-stay", stay, "-seconds", "0s", "-warmup", "0s"));
    JsonLine summary = PionClient.event(PionClient.run(command, line -> {}), "summary");
    if (!summary.object("errors").isEmpty()) {
      print("failures: %s%n", summary.object("errors").text());
    }
    return summary;
  }

  private static String spread(JsonLine distribution) {
    return "n %3.0f  p50 %6.1f  p95 %6.1f  p99 %6.1f  max %6.1f ms"
        .formatted(
            distribution.number("n"),
            distribution.number("p50"),
            distribution.number("p95"),
            distribution.number("p99"),
            distribution.number("max"));
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
