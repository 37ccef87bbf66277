package org.framecast.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;

/**
 * How late the beats of a timer come, and what its waiting costs, beside a thread that parks, and
 * one that never leaves its core: what that one is late is the machine's own.
 */
public final class PacingBench {
  private static final double MAX_P99_MILLIS = 1;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final int WARM_UP = 60;

  private PacingBench() {}

  /** How late each beat was, and the processor time of all of them. */
  private record Lateness(long[] nanos, long cpuNanos, long wallNanos) {
    double percentileMicros(double share) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      int index = (int) Math.min(sorted.length - 1L, Math.round(share * sorted.length));
      return sorted[index] / NANOS_PER_MICRO;
    }

    void print(String name) {
      System.out.printf(
          Locale.ROOT,
          "  %-12s late by p50 %6.1f us, p95 %6.1f, p99 %6.1f, max %8.1f; %.2f %% of a core%n",
          name,
          percentileMicros(0.5),
          percentileMicros(0.95),
          percentileMicros(0.99),
          percentileMicros(1),
          100.0 * cpuNanos / wallNanos);
    }
  }

  /** Waits for one beat. */
  private interface Beat {
    long waitFor(long beat) throws InterruptedException;
  }

  /** Runs the benchmark; exits with 1 when the goal is missed. */
  public static void main(String[] arguments) throws InterruptedException {
    BenchOptions options =
        new BenchOptions("pacing: how late the beats of FrameTimer come, on an idle core")
            .option("rate", "60", "beats a second")
            .option("seconds", "10", "how long each is measured in a round")
            .option("rounds", "5", "the three in turns; the median of the rounds counts")
            .parse(arguments);
    double rate = options.decimal("rate");
    int beats = (int) Math.max(1, rate * options.number("seconds"));
    System.out.printf(
        Locale.ROOT,
        "%d rounds of %d beats at %s a second%n",
        options.number("rounds"),
        beats,
        rate);
    List<Double> ours = new ArrayList<>();
    List<Double> machine = new ArrayList<>();
    for (int i = 0; i < options.number("rounds"); i++) {
      p99Millis("parked", parked(rate), beats);
      ours.add(p99Millis("FrameTimer", timed(rate), beats));
      machine.add(p99Millis("spinning", spinning(rate), beats));
    }
    double median = Median.of(ours);
    boolean met = median < MAX_P99_MILLIS;
    System.out.printf(
        Locale.ROOT,
        "p99 %.3f ms, median of the rounds (goal below %s): %s; the machine itself: %.3f ms%n",
        median,
        MAX_P99_MILLIS,
        met ? "met" : "missed",
        Median.of(machine));
    System.exit(met ? 0 : 1);
  }

  private static double p99Millis(String name, Beat source, int beats) throws InterruptedException {
    Lateness lateness = measure(source, beats);
    lateness.print(name);
    return lateness.percentileMicros(0.99) / NANOS_PER_MICRO;
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

  private static Lateness measure(Beat source, int beats) throws InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      source.waitFor(i);
    }
    long[] late = new long[beats];
    var threads = ManagementFactory.getThreadMXBean();
    long wall = System.nanoTime();
    long cpu = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < beats; i++) {
      late[i] = source.waitFor(WARM_UP + (long) i);
    }
    return new Lateness(late, threads.getCurrentThreadCpuTime() - cpu, System.nanoTime() - wall);
  }
}
