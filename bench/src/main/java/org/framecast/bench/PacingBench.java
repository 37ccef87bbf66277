package org.framecast.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;

/**
 * How late the beats of a timer come on an idle core, and what its waiting costs, beside a thread
 * that parks, and one that never leaves its core.
 *
 * <p>A virtual machine's core is not idle while its host runs somebody else on it, however little
 * this machine does: a thread that is to be woken waits then. The kernel counts that time as
 * stolen. Rounds in which more than a tick of it was are printed, and do not count.
 */
public final class PacingBench {
  private static final double MAX_P99_MILLIS = 1;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double MICROS_PER_MILLI = 1_000;
  private static final int WARM_UP = 60;
  private static final int NO_VERDICT = 2;

  private PacingBench() {}

  /**
   * How late each beat was, the processor time of all of them, and the ticks of the machine's time
   * that its host gave to others.
   */
  private record Lateness(long[] nanos, long cpuNanos, long wallNanos, long stolenTicks) {
    double percentileMicros(double share) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      int index = (int) Math.min(sorted.length - 1L, Math.round(share * sorted.length));
      return sorted[index] / NANOS_PER_MICRO;
    }

    double p99Millis() {
      return percentileMicros(0.99) / MICROS_PER_MILLI;
    }

    boolean wasOnAnIdleCore() {
      return stolenTicks <= 1;
    }

    void print(String name) {
      System.out.printf(
          Locale.ROOT,
          "  %-12s late by p50 %6.1f us, p95 %6.1f, p99 %6.1f, max %8.1f; %.2f %% of a core; stolen %d ticks%n",
          name,
          percentileMicros(0.5),
          percentileMicros(0.95),
          percentileMicros(0.99),
          percentileMicros(1),
          100.0 * cpuNanos / wallNanos,
          stolenTicks);
    }
  }

  /** Waits for one beat. */
  private interface Beat {
    long waitFor(long beat) throws InterruptedException;
  }

  /** Runs the benchmark; exits with 1 when the goal is missed, 2 when the host is busy. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    BenchOptions options =
        new BenchOptions("pacing: how late the beats of FrameTimer come, on an idle core")
            .option("rate", "60", "beats a second")
            .option("seconds", "10", "how long each is measured in a round")
            .option("rounds", "5", "rounds on an idle core; their median counts")
            .option("tries", "30", "rounds at most, until there are so many")
            .parse(arguments);
    double rate = options.decimal("rate");
    int beats = (int) Math.max(1, rate * options.number("seconds"));
    System.out.printf(
        Locale.ROOT,
        "rounds of %d beats at %s a second, until %d were on an idle core, at most %d%n",
        beats,
        rate,
        options.number("rounds"),
        options.number("tries"));
    List<Double> idle = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < options.number("tries") && idle.size() < options.number("rounds"); i++) {
      measure(parked(rate), beats).print("parked");
      Lateness ours = measure(timed(rate), beats);
      ours.print("FrameTimer");
      measure(spinning(rate), beats).print("spinning");
      all.add(ours.p99Millis());
      if (ours.wasOnAnIdleCore()) {
        idle.add(ours.p99Millis());
      }
    }
    System.exit(judge(idle, all, options.number("rounds")));
  }

  /** Says what was seen; 0 when the goal is met, 1 when it is missed, 2 without enough to tell. */
  private static int judge(List<Double> idle, List<Double> all, int wanted) {
    System.out.printf(
        Locale.ROOT,
        "p99 over all %d rounds, %d of them with time stolen: median %.3f ms, worst %.3f%n",
        all.size(),
        all.size() - idle.size(),
        Median.of(all),
        Collections.max(all));
    if (idle.size() < wanted) {
      System.out.printf(
          "%d rounds on an idle core, %d wanted: no verdict; the host is busy%n",
          idle.size(), wanted);
      return NO_VERDICT;
    }
    double median = Median.of(idle);
    boolean met = median < MAX_P99_MILLIS;
    System.out.printf(
        Locale.ROOT,
        "p99 on an idle core: median of %d rounds %.3f ms, worst %.3f (goal below %s): %s%n",
        idle.size(),
        median,
        Collections.max(idle),
        MAX_P99_MILLIS,
        met ? "met" : "missed");
    return met ? 0 : 1;
  }

  private static Beat timed(double rate) {
    FrameTimer timer = new FrameTimer(MediaClock.system(), rate);
    return beat -> {
      long number = timer.await();
      return System.nanoTime() - timer.timeOf(number);
    };
  }

  private static Beat parked(double rate) {
    return waiting(rate, LockSupport::parkNanos);
  }

  private static Beat spinning(double rate) {
    return waiting(rate, left -> Thread.onSpinWait());
  }

  private static Beat waiting(double rate, LongConsumer pause) {
    long start = System.nanoTime();
    double period = TimeUnit.SECONDS.toNanos(1) / rate;
    return beat -> {
      long due = start + Math.round(beat * period);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        pause.accept(left);
      }
      return System.nanoTime() - due;
    };
  }

  private static Lateness measure(Beat source, int beats) throws InterruptedException, IOException {
    for (int i = 0; i < WARM_UP; i++) {
      source.waitFor(i);
    }
    long[] late = new long[beats];
    var threads = ManagementFactory.getThreadMXBean();
    long stolen = stolenTicks();
    long wall = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < beats; i++) {
      late[i] = source.waitFor(WARM_UP + (long) i);
    }
    return new Lateness(
        late,
        threads.getCurrentThreadCpuTime() - cpu,
        System.nanoTime() - wall,
        stolenTicks() - stolen);
  }

  /** The eighth number of all cores; 0 where the system does not tell. */
  private static long stolenTicks() throws IOException {
    Path file = Path.of("/proc/stat");
    if (!Files.isReadable(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      String[] fields = lines.findFirst().orElseThrow().split(" +");
      return Long.parseLong(fields[8]);
    }
  }
}
