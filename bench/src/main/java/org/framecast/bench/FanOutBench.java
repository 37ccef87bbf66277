package org.framecast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.framecast.bench.Contender.Sending;

/**
 * What a viewer costs: {@code demo-raw} to many Pion viewers, beside a bare loop over the binding
 * in Java and in C++ that sends the very same packets, and beside another server if one is named.
 * The contenders take turns, and the median of the rounds counts.
 */
public final class FanOutBench {
  private static final double MAX_RATIO_TO_JAVA_LOOP = 1.25;
  private static final double MAX_MILLIS_AT_150 = 1.3;
  private static final double MAX_BYTES_PER_VIEWER = 0.9e6;
  private static final int GOAL_SIZE = 150;

  /** What one contender cost in one round. */
  private record Cost(
      double millisPerViewerSecond,
      double bytesPerViewer,
      int threads,
      double gaps,
      double soundGaps,
      double overflows,
      double broken,
      double fps,
      double nacks,
      double clientMillisPerViewerSecond,
      double lost) {}

  private final BenchOptions options;
  private final int seconds;

  private FanOutBench(BenchOptions options) {
    this.options = options;
    this.seconds = options.number("seconds");
  }

  /** Runs the benchmark; exits with 1 when a goal is missed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchOptions options =
        new BenchOptions("fanout: CPU, memory and threads for each viewer of demo-raw")
            .option("base", "http://127.0.0.1:8080", "address of the server, set by bin/bench")
            .option("server-pid", "0", "its process, set by bin/bench")
            .option("cpp", "", "the loop in C++, built by bin/bench")
            .option("viewers", "50,150,300", "numbers of viewers")
            .option("seconds", "10", "measured time of each round")
            .option("rounds", "5", "rounds; the median counts")
            .option(
                "loops",
                "java,java-each,cpp",
                "beside the server: java, cpp, each also with -each or -nack, none")
            .option("whep", "", "endpoint of another server")
            .option("pid", "0", "its process")
            .option("token", "none", "bearer token for it")
            .parse(arguments);
    boolean met = new FanOutBench(options).run();
    System.exit(met ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    Path packets = Files.createTempFile("framecast-packets", ".rtp");
    List<Contender> contenders = new ArrayList<>();
    try {
      String url = options.text("base") + "/whep/demo-raw";
      Contender server = Contender.running("framecast", url, "auto", options.number("server-pid"));
      contenders.add(server);
      record(url, packets);
      Thread.sleep(12_000); // demo-raw goes on for ten seconds after its last viewer
      addOthers(contenders, packets);
      for (Contender contender : contenders) {
        contender.measureIdle(4);
        print(
            "idle %-16s %6.2f CPU-ms a second, %5.0f MB%n",
            contender.name(), contender.idleMillisPerSecond(), contender.idleRssBytes() / 1e6);
      }
      int[] sizes =
          Arrays.stream(options.text("viewers").split(",")).mapToInt(Integer::parseInt).toArray();
      int most = Arrays.stream(sizes).max().orElseThrow();
      for (Contender contender : contenders) {
        // Once unmeasured: a server that has just been started still compiles its code.
        print("warming up %s%n", contender.name());
        measure(contender, most);
      }
      boolean met = true;
      for (int size : sizes) {
        met &= report(size, measure(contenders, size));
      }
      return met;
    } finally {
      contenders.forEach(Contender::close);
      Files.deleteIfExists(packets);
    }
  }

  private void addOthers(List<Contender> contenders, Path packets) {
    for (String loop : options.text("loops").split(",")) {
      Path cpp = Path.of(options.text("cpp"));
      switch (loop) {
        case "java" -> contenders.add(Contender.java(packets, Sending.TOGETHER));
        case "java-each" -> contenders.add(Contender.java(packets, Sending.EACH));
        case "java-nack" -> contenders.add(Contender.java(packets, Sending.NACK));
        case "cpp" -> contenders.add(Contender.cpp(cpp, packets, Sending.TOGETHER));
        case "cpp-each" -> contenders.add(Contender.cpp(cpp, packets, Sending.EACH));
        case "cpp-nack" -> contenders.add(Contender.cpp(cpp, packets, Sending.NACK));
        case "none" -> {}
        default -> throw new IllegalArgumentException("no loop is called " + loop);
      }
    }
    if (!options.text("whep").isEmpty()) {
      contenders.add(
          Contender.running(
              "other server", options.text("whep"), options.text("token"), options.number("pid")));
    }
  }

  /** Ten seconds of the stream, once its clip has been made. */
  private static void record(String url, Path packets) {
    PionClient.run(
        List.of("view", "-url", url, "-n", "1", "-warmup", "20s", "-seconds", "0s"), line -> {});
    PionClient.run(
        List.of(
            "view",
            "-url",
            url,
            "-n",
            "1",
            "-warmup",
            "10s",
            "-seconds",
            "0s",
            "-record",
            packets.toString()),
        line -> {});
  }

  private Map<Contender, List<Cost>> measure(List<Contender> contenders, int size) {
    Map<Contender, List<Cost>> costs = new LinkedHashMap<>();
    contenders.forEach(contender -> costs.put(contender, new ArrayList<>()));
    for (int round = 0; round < options.number("rounds"); round++) {
      for (int i = 0; i < contenders.size(); i++) {
        Contender contender = contenders.get((i + round) % contenders.size());
        Cost cost = measure(contender, size);
        costs.computeIfAbsent(contender, c -> new ArrayList<>()).add(cost);
        if (cost.lost() > 0) {
          print(
              "%3d viewers, round %d, %-16s lost %.0f%n",
              size, round + 1, contender.name(), cost.lost());
        }
        print(
            "%3d viewers, round %d, %-16s %.3f ms, gaps %.0f + %.0f in sound, overflows %.0f, %.1f fps, client %.2f ms%n",
            size,
            round + 1,
            contender.name(),
            cost.millisPerViewerSecond(),
            cost.gaps(),
            cost.soundGaps(),
            cost.overflows(),
            cost.fps(),
            cost.clientMillisPerViewerSecond());
      }
    }
    return costs;
  }

  private Cost measure(Contender contender, int size) {
    ProcessMeter meter = contender.meter();
    long[] cpu = new long[2];
    long[] time = new long[2];
    long[] rss = new long[1];
    int[] threads = new int[1];
    long[] overflows = new long[2];
    List<JsonLine> lines =
        PionClient.run(
            List.of(
                "view",
                "-url",
                contender.url(),
                "-token",
                contender.token(),
                "-n",
                "" + size,
                "-rate",
                "30",
                "-warmup",
                "3s",
                "-seconds",
                seconds + "s"),
            line -> {
              if (line.isEvent("joining")) {
                overflows[0] = ProcessMeter.udpOverflows();
              } else if (line.isEvent("measuring")) {
                cpu[0] = meter.cpuNanos();
                time[0] = System.nanoTime();
              } else if (line.isEvent("measured")) {
                cpu[1] = meter.cpuNanos();
                time[1] = System.nanoTime();
                rss[0] = meter.rssBytes();
                threads[0] = meter.threads();
                overflows[1] = ProcessMeter.udpOverflows();
              }
            });
    JsonLine measured = PionClient.event(lines, "measured");
    JsonLine sum = measured.object("sum");
    if (measured.isEmpty()) {
      throw new IllegalStateException(contender + " lost its viewers: " + lines);
    }
    double lost = size - measured.number("viewers") + measured.number("ended");
    double took = (time[1] - time[0]) / 1e9;
    double millis = (cpu[1] - cpu[0]) / 1e6 - contender.idleMillisPerSecond() * took;
    return new Cost(
        millis / took / size,
        (rss[0] - contender.idleRssBytes()) / (double) size,
        threads[0],
        sum.number("gaps"),
        sum.number("audio_gaps"),
        overflows[1] - overflows[0],
        sum.number("broken"),
        measured.object("fps").number("min"),
        sum.number("nacks"),
        measured.number("client_cpu_ms") / took / size,
        lost);
  }

  private static boolean report(int size, Map<Contender, List<Cost>> costs) {
    print(
        "%n%d viewers%n%-18s %12s %8s %8s %14s %8s %6s %8s %6s%n",
        size,
        "",
        "CPU-ms/v·s",
        "lowest",
        "highest",
        "RSS kB/viewer",
        "threads",
        "gaps",
        "broken",
        "fps");
    costs.forEach(
        (contender, rounds) ->
            print(
                "%-18s %12.3f %8.3f %8.3f %14.0f %8.0f %6.0f %8.0f %6.1f%n",
                contender.name(),
                median(rounds, Cost::millisPerViewerSecond),
                rounds.stream().mapToDouble(Cost::millisPerViewerSecond).min().orElse(0),
                rounds.stream().mapToDouble(Cost::millisPerViewerSecond).max().orElse(0),
                median(rounds, Cost::bytesPerViewer) / 1e3,
                median(rounds, Cost::threads),
                rounds.stream().mapToDouble(cost -> cost.gaps() + cost.soundGaps()).sum(),
                rounds.stream().mapToDouble(Cost::broken).sum(),
                median(rounds, Cost::fps)));
    return goals(size, costs);
  }

  private static boolean goals(int size, Map<Contender, List<Cost>> costs) {
    List<Cost> ours = costs.values().iterator().next();
    double millis = median(ours, Cost::millisPerViewerSecond);
    boolean met = ours.stream().allMatch(cost -> cost.lost() == 0);
    for (Map.Entry<Contender, List<Cost>> other : costs.entrySet()) {
      if (other.getValue() == ours) {
        continue;
      }
      double ratio = millis / median(other.getValue(), Cost::millisPerViewerSecond);
      boolean limited = other.getKey().name().equals("java loop");
      met &= !limited || ratio <= MAX_RATIO_TO_JAVA_LOOP;
      print(
          "framecast is %.2f of %s%s%n",
          ratio,
          other.getKey().name(),
          limited ? " (goal: at most %s)".formatted(MAX_RATIO_TO_JAVA_LOOP) : "");
    }
    if (size == GOAL_SIZE) {
      double bytes = median(ours, Cost::bytesPerViewer);
      print(
          "at %d: %.3f CPU-ms per viewer-second (goal %s), %.2f MB per viewer (goal 0.9)%n",
          size, millis, MAX_MILLIS_AT_150, bytes / 1e6);
      met &= millis <= MAX_MILLIS_AT_150 && bytes <= MAX_BYTES_PER_VIEWER;
    }
    if (size <= 50) {
      double gaps = ours.stream().mapToDouble(cost -> cost.gaps() + cost.soundGaps()).sum();
      print("at %d: %.0f sequence gaps (goal 0)%n", size, gaps);
      met &= gaps == 0;
    }
    return met;
  }

  private static double median(List<Cost> rounds, ToDoubleFunction<Cost> value) {
    return rounds.stream().mapToDouble(value).sorted().toArray()[rounds.size() / 2];
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
