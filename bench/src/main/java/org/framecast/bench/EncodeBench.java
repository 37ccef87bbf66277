package org.framecast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The CPU of our encode path against the {@code ffmpeg} program of the same build: raw frames in,
 * VP8 out, one encoder thread, the same settings and the same bytes. Pairs alternate; the median of
 * their ratios counts. What each side needs to start is measured by a run of one frame.
 */
public final class EncodeBench {
  private static final int CHECKED_FRAMES = 200;

  private EncodeBench() {}

  private record Pair(double ours, double oursNet, double peer, double peerNet) {
    double ratio() {
      return ours / peer;
    }

    double netRatio() {
      return oursNet / peerNet;
    }
  }

  /** Runs the benchmark; exits with 1 when the goal is missed. */
  public static void main(String[] arguments) throws IOException {
    BenchOptions options =
        new BenchOptions("encode: CPU of the encode path against the ffmpeg program, same build")
            .option("size", "1280x720", "picture")
            .option("bitrate", "1500000", "bit/s")
            .option("frames", "3000", "frames in each run")
            .option("pairs", "5", "alternating pairs")
            .option("source", "120", "frames in the raw file, which is read in a loop")
            .option("goal", "1.10", "largest ratio of CPU, start left out")
            .parse(arguments);
    String[] size = options.text("size").split("x", 2);
    EncodeCase what =
        new EncodeCase(
            Integer.parseInt(size[0]), Integer.parseInt(size[1]), options.number("bitrate"));
    Path raw = Files.createTempFile("framecast-encode", ".yuv");
    try {
      what.writeRaw(raw, options.number("source"));
      checkSameBytes(raw, what);
      List<Pair> pairs = measure(raw, what, options);
      System.exit(report(pairs, options));
    } finally {
      Files.deleteIfExists(raw);
    }
  }

  private static void checkSameBytes(Path raw, EncodeCase what) {
    long ours = EncodeRun.fork(raw, what, CHECKED_FRAMES).bytes();
    long peer = what.peerBytes(raw, CHECKED_FRAMES);
    print("%d frames become %d bytes here, %d there%n", CHECKED_FRAMES, ours, peer);
    if (ours != peer) {
      throw new IllegalStateException("the settings differ: the comparison would be worth nothing");
    }
  }

  private static List<Pair> measure(Path raw, EncodeCase what, BenchOptions options) {
    int frames = options.number("frames");
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < options.number("pairs"); i++) {
      double oursStart = EncodeRun.fork(raw, what, 1).cpuSeconds();
      double peerStart = what.peerCpuSeconds(raw, 1);
      boolean oursFirst = i % 2 == 0;
      double ours = oursFirst ? EncodeRun.fork(raw, what, frames).cpuSeconds() : 0;
      double peer = what.peerCpuSeconds(raw, frames);
      ours = oursFirst ? ours : EncodeRun.fork(raw, what, frames).cpuSeconds();
      Pair pair = new Pair(ours, ours - oursStart, peer, peer - peerStart);
      pairs.add(pair);
      print(
          "pair %d: ours %.2f s (%.2f s without start), ffmpeg %.2f s (%.2f s): %.3f (%.3f)%n",
          i + 1, ours, pair.oursNet(), peer, pair.peerNet(), pair.ratio(), pair.netRatio());
    }
    return pairs;
  }

  private static int report(List<Pair> pairs, BenchOptions options) {
    double net = Median.of(pairs.stream().map(Pair::netRatio).toList());
    double whole = Median.of(pairs.stream().map(Pair::ratio).toList());
    double ms = Median.of(pairs.stream().map(p -> p.oursNet() * 1000).toList());
    boolean met = net <= options.decimal("goal");
    print(
        "encode %s: %.2f ms CPU a frame; %.3f x ffmpeg without start, %.3f x with start"
            + " (median of %d pairs of %d frames)%n",
        options.text("size"),
        ms / options.number("frames"),
        net,
        whole,
        pairs.size(),
        options.number("frames"));
    print("goal: at most %s x: %s%n", options.text("goal"), met ? "MET" : "MISSED");
    return met ? 0 : 1;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
