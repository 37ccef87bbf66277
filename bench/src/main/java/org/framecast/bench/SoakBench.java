package org.framecast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Viewers who come and go for a long time beside others who stay. At the end threads and
 * descriptors are back where they were, memory has not grown, and nobody saw an error.
 */
public final class SoakBench {
  private static final int BACK_WITHIN_SECONDS = 45;
  private static final int SAMPLE_MILLIS = 5_000;

  /** Growth that is noise of the heap's, for each minute. */
  private static final double MAX_MB_PER_MINUTE = 1.0;

  private static final Pattern PAUSE = Pattern.compile("Pause.*?([0-9.]+)ms$", Pattern.MULTILINE);

  private record Sample(double minutes, double rssMb, int threads, int descriptors) {}

  private final BenchOptions options;
  private final ProcessMeter meter;
  private final List<Sample> samples = new ArrayList<>();

  private SoakBench(BenchOptions options) {
    this.options = options;
    this.meter = new ProcessMeter(options.number("server-pid"));
  }

  /** Runs the benchmark; exits with 1 when something is left or somebody saw an error. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchOptions options =
        new BenchOptions("soak: viewers come and go for a long time")
            .option("base", "http://127.0.0.1:8080", "address of the server, set by bin/bench")
            .option("server-pid", "0", "its process, set by bin/bench")
            .option("gc-log", "", "its log of collections, set by bin/bench")
            .option("stream", "demo-raw", "what is watched")
            .option("minutes", "10", "how long")
            .option("hours", "0", "how long, in place of the minutes")
            .option("steady", "50", "viewers who stay")
            .option("churn", "5", "joins and leaves a second")
            .parse(arguments);
    System.exit(new SoakBench(options).run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    double hours = options.decimal("hours");
    double minutes = hours > 0 ? hours * 60 : options.decimal("minutes");
    view("10", "5", 10);
    Thread.sleep(15_000); // the stream ends ten seconds after its last viewer
    Sample before = sample(0);
    print("before: %s%n", text(before));
    AtomicBoolean over = new AtomicBoolean();
    Thread sampler = Thread.ofPlatform().daemon().start(() -> sampleUntil(over));
    List<JsonLine> lines =
        view(options.text("steady"), options.text("churn"), Math.round(minutes * 60));
    over.set(true);
    sampler.join();
    boolean back = awaitBack(before);
    return report(before, lines, back);
  }

  private List<JsonLine> view(String steady, String churn, long seconds) {
    String url = options.text("base") + "/whep/" + options.text("stream");
    return PionClient.run(
        List.of(
            "view",
            "-url",
            url,
            "-n",
            steady,
            "-rate",
            "20",
            "-churn",
            churn,
            "-stay",
            "0s",
            "-warmup",
            "3s",
            "-seconds",
            seconds + "s"),
        line -> {});
  }

  private Sample sample(double minutes) {
    return new Sample(minutes, meter.rssBytes() / 1e6, meter.threads(), meter.descriptors());
  }

  private void sampleUntil(AtomicBoolean over) {
    long startNanos = System.nanoTime();
    try {
      while (!over.get()) {
        Thread.sleep(SAMPLE_MILLIS);
        Sample now = sample((System.nanoTime() - startNanos) / 6e10);
        samples.add(now);
        if (samples.size() % 12 == 0) {
          print("%5.1f min: %s%n", now.minutes(), text(now));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether threads and descriptors come back in time; a few may be pooled for the next. */
  private boolean awaitBack(Sample before) throws InterruptedException {
    long startNanos = System.nanoTime();
    Sample now = sample(0);
    while (System.nanoTime() - startNanos < BACK_WITHIN_SECONDS * 1_000_000_000L) {
      now = sample(0);
      if (now.threads() <= before.threads() && now.descriptors() <= before.descriptors()) {
        break;
      }
      Thread.sleep(250);
    }
    print("after %.1f s: %s%n", (System.nanoTime() - startNanos) / 1e9, text(now));
    return now.threads() <= before.threads() && now.descriptors() <= before.descriptors();
  }

  private boolean report(Sample before, List<JsonLine> lines, boolean back) throws IOException {
    JsonLine measured = PionClient.event(lines, "measured");
    JsonLine sum = measured.object("sum");
    JsonLine summary = PionClient.event(lines, "summary");
    boolean clean = summary.object("errors").isEmpty() && measured.number("ended") == 0;
    print(
        "steady viewers: %.0f, ended early %.0f, gaps %.0f, longest pause %.0f ms%n",
        measured.number("viewers"),
        measured.number("ended"),
        sum.number("gaps"),
        sum.number("longest_pause_ms"));
    print(
        "joins: %.0f, without a picture %.0f, errors %s%n",
        summary.number("joins"),
        summary.number("without_picture"),
        summary.object("errors").text());
    print("POST to 201 ms: %s%n", summary.object("post_ms").text());
    double slope =
        Trend.slope(
            samples.stream().map(each -> new Trend.Point(each.minutes(), each.rssMb())).toList());
    print("memory: %.2f MB a minute over the last two thirds%n", slope);
    print("collections: %s%n", pauses());
    print("threads and descriptors back within %d s: %s%n", BACK_WITHIN_SECONDS, back);
    return clean && back && slope <= MAX_MB_PER_MINUTE && before.threads() > 0;
  }

  private String pauses() throws IOException {
    if (options.text("gc-log").isEmpty()) {
      return "no log";
    }
    String log = Files.readString(Path.of(options.text("gc-log")));
    double[] sorted =
        PAUSE
            .matcher(log)
            .results()
            .map(MatchResult::group)
            .mapToDouble(l -> Double.parseDouble(l.replaceAll(".*?([0-9.]+)ms$", "$1")))
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return "none";
    }
    return "%d pauses, p50 %.1f ms, p99.9 %.1f ms, longest %.1f ms"
        .formatted(
            sorted.length,
            sorted[sorted.length / 2],
            sorted[(int) (0.999 * (sorted.length - 1))],
            sorted[sorted.length - 1]);
  }

  private static String text(Sample sample) {
    return "%.0f MB, %d threads, %d descriptors"
        .formatted(sample.rssMb(), sample.threads(), sample.descriptors());
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
