package org.framecast.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ObjIntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of H264 into a file of VP8, through decoder, layer and encoder, beside the {@code ffmpeg}
 * program of the same build with the same settings: one thread for each decoder and encoder on both
 * sides, as fast as they go. Pairs alternate; the median of their ratios counts. What each side
 * needs to start and to get warm is measured by a run of the first fifth of the frames and left
 * out.
 *
 * <p>With {@code --hours} the file is played again and again for so many hours of input, and what
 * is printed is how memory grows.
 */
public final class TranscodeBench {
  /** Two encoders of the same settings differ by the keyframes that each was asked for. */
  private static final double SAME_BYTES = 0.05;

  private static final int WARM_SHARE = 5;

  /** Growth that is noise, for each hour of input. */
  private static final double MAX_MB_PER_HOUR = 10;

  private static final Pattern ROUND = Pattern.compile("round=([0-9]+) heap_mb=([0-9.]+)");

  private TranscodeBench() {}

  private record Pair(double oursSeconds, double peerSeconds) {
    double ratio() {
      return peerSeconds / oursSeconds;
    }
  }

  /** Runs the benchmark; exits with 1 when the goal is missed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchOptions options =
        new BenchOptions("transcode: H264 file to VP8 file, beside the ffmpeg program, same build")
            .option("size", "1280x720", "picture")
            .option("bitrate", "1500000", "bit/s")
            .option("frames", "1500", "frames of the file")
            .option("pairs", "5", "alternating pairs")
            .option("goal", "0.95", "smallest ratio of speed, start and warming up left out")
            .option("hours", "0", "so many hours of input, and no pairs: how memory grows")
            .parse(arguments);
    print("load of the machine before: %s%n", load());
    Path folder = Files.createTempDirectory("framecast-transcode");
    Path input = folder.resolve("in.mp4");
    Path output = folder.resolve("out.webm");
    try {
      TranscodeCase.writeInput(input, options.text("size"), options.number("frames"));
      TranscodeCase what = new TranscodeCase(input, options.number("bitrate"));
      boolean met =
          options.decimal("hours") > 0
              ? isFlat(what, output, options)
              : isFast(what, output, options);
      print("load of the machine after: %s%n", load());
      System.exit(met ? 0 : 1);
    } finally {
      for (String name : List.of("in.mp4", "out.webm", "out.webm.part")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    }
  }

  private static boolean isFast(TranscodeCase what, Path output, BenchOptions options)
      throws IOException {
    int frames = options.number("frames");
    what.ours(output, frames);
    long ours = Files.size(output);
    what.peer(output, frames);
    long peer = Files.size(output);
    print("%d frames become %d bytes here, %d there%n", frames, ours, peer);
    if (Math.abs(ours - peer) > SAME_BYTES * peer) {
      throw new IllegalStateException("the settings differ: the comparison would be worth nothing");
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < options.number("pairs"); i++) {
      pairs.add(pair(what, output, frames, i % 2 == 0));
      Pair pair = pairs.getLast();
      print(
          "pair %d: ours %.1f frames/s, ffmpeg %.1f: %.3f%n",
          i + 1, 1 / pair.oursSeconds(), 1 / pair.peerSeconds(), pair.ratio());
    }
    double ratio = Median.of(pairs.stream().map(Pair::ratio).toList());
    boolean met = ratio >= options.decimal("goal");
    print(
        "transcode %s: %.1f frames/s, ffmpeg %.1f; %.3f x (median of %d pairs of %d frames)%n",
        options.text("size"),
        1 / Median.of(pairs.stream().map(Pair::oursSeconds).toList()),
        1 / Median.of(pairs.stream().map(Pair::peerSeconds).toList()),
        ratio,
        pairs.size(),
        frames);
    print("goal: at least %s x: %s%n", options.text("goal"), met ? "MET" : "MISSED");
    return met;
  }

  private static Pair pair(TranscodeCase what, Path output, int frames, boolean oursFirst) {
    double ours = oursFirst ? seconds(what::ours, output, frames) : 0;
    double peer = seconds(what::peer, output, frames);
    return new Pair(oursFirst ? ours : seconds(what::ours, output, frames), peer);
  }

  /** For a frame, without what it takes to start and to get warm. */
  private static double seconds(ObjIntConsumer<Path> side, Path output, int frames) {
    long begin = System.nanoTime();
    int warm = frames / WARM_SHARE;
    side.accept(output, warm);
    long middle = System.nanoTime();
    side.accept(output, frames);
    long end = System.nanoTime();
    return ((end - middle) - (middle - begin)) / 1e9 / (frames - warm);
  }

  private static boolean isFlat(TranscodeCase what, Path output, BenchOptions options)
      throws IOException, InterruptedException {
    int frames = options.number("frames");
    double roundHours = frames / (3_600.0 * EncodeCase.FRAME_RATE);
    int rounds = (int) Math.max(2, Math.round(options.decimal("hours") / roundHours));
    Process process =
        ChildProcess.startJava(TranscodeRun.class, what.arguments(output, frames, rounds));
    ProcessMeter meter = new ProcessMeter(process.pid());
    List<Trend.Point> rss = new ArrayList<>();
    List<Trend.Point> heap = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher round = ROUND.matcher(line);
        if (!round.matches()) {
          print("%s%n", line);
        } else if (Integer.parseInt(round.group(1)) < rounds) {
          double hours = Integer.parseInt(round.group(1)) * roundHours;
          rss.add(new Trend.Point(hours, meter.rssBytes() / 1e6));
          heap.add(new Trend.Point(hours, Double.parseDouble(round.group(2))));
          print(
              "%6.1f min of input: RSS %.0f MB, heap %s MB%n",
              hours * 60, rss.getLast().value(), round.group(2));
        }
      }
    }
    boolean fine = process.waitFor() == 0;
    double slope = Trend.slope(rss);
    print(
        "memory: %.1f MB an hour of input over the last two thirds; heap at most %.0f MB%n",
        slope, heap.stream().mapToDouble(Trend.Point::value).max().orElse(0));
    boolean met = fine && slope <= MAX_MB_PER_HOUR;
    print("goal: at most %.0f MB an hour: %s%n", MAX_MB_PER_HOUR, met ? "MET" : "MISSED");
    return met;
  }

  private static String load() throws IOException {
    String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ");
    return words[0] + " over a minute, " + Runtime.getRuntime().availableProcessors() + " cores";
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
