package org.framecast.stream.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MultiStreamSynchronizerTest {
  private static final long MILLI = 1_000_000;

  private final FramePool pool = FramePool.open("test", 1_000);

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private TimestampedFrame frame(String source, long millis) {
    return new TimestampedFrame(
        pool.acquire(FrameShape.i420(16, 16)), source, millis, millis * MILLI);
  }

  private static List<Long> millis(SyncedFrame set) {
    return set.frames().stream().map(TimestampedFrame::frameNumber).toList();
  }

  private List<List<Long>> drain(MultiStreamSynchronizer synchronizer) {
    List<List<Long>> sets = new ArrayList<>();
    for (SyncedFrame set = synchronizer.poll(); set != null; set = synchronizer.poll()) {
      sets.add(millis(set));
      set.close();
    }
    return sets;
  }

  @Test
  void theNearestFramesGoTogetherAndTheRestIsDropped() {
    try (MultiStreamSynchronizer synchronizer =
        new MultiStreamSynchronizer(List.of("fast", "slow"), SyncSettings.defaults())) {
      for (long millis : List.of(0L, 17L, 33L, 50L, 67L)) {
        synchronizer.offer("fast", frame("fast", millis));
      }
      assertNull(synchronizer.poll());
      for (long millis : List.of(2L, 35L, 68L)) {
        synchronizer.offer("slow", frame("slow", millis));
      }
      assertEquals(List.of(List.of(0L, 2L), List.of(33L, 35L)), drain(synchronizer));
      assertEquals(2, synchronizer.dropped(), "17 and 50 belong to no frame of the slow source");
      synchronizer.offer("fast", frame("fast", 83));
      SyncedFrame last = synchronizer.poll();
      assertNotNull(last);
      assertEquals(MILLI, last.largestOffsetNanos());
      last.close();
      assertEquals(1, pool.live());
    }
  }

  @Test
  void theOffsetHoldsAtItsEdge() {
    for (long apart : List.of(33L, 34L)) {
      try (MultiStreamSynchronizer synchronizer =
          new MultiStreamSynchronizer(List.of("a", "b"), SyncSettings.defaults())) {
        synchronizer.offer("a", frame("a", 0));
        synchronizer.finish("a");
        synchronizer.offer("b", frame("b", apart));
        List<List<Long>> sets = drain(synchronizer);
        assertEquals(apart == 33 ? List.of(List.of(0L, 33L)) : List.of(), sets);
      }
    }
  }

  @Test
  void aFullBufferLosesItsOldest() {
    try (MultiStreamSynchronizer synchronizer =
        new MultiStreamSynchronizer(List.of("a", "b"), SyncSettings.defaults())) {
      for (int i = 0; i <= SyncSettings.DEFAULT_BUFFER; i++) {
        synchronizer.offer("a", frame("a", i * 40L));
      }
      assertEquals(1, synchronizer.dropped());
      assertEquals(SyncSettings.DEFAULT_BUFFER, pool.live());
      long last = SyncSettings.DEFAULT_BUFFER * 40L;
      for (long millis : List.of(0L, 40L, 80L, last - 40)) {
        synchronizer.offer("b", frame("b", millis));
      }
      assertEquals(
          List.of(List.of(40L, 40L), List.of(80L, 80L), List.of(last - 40, last - 40)),
          drain(synchronizer));
    }
  }

  @Test
  void framesThatAreNotLaterAreDropped() {
    MultiStreamSynchronizer synchronizer =
        new MultiStreamSynchronizer(List.of("a"), SyncSettings.defaults());
    synchronizer.offer("a", frame("a", 10));
    synchronizer.offer("a", frame("a", 10));
    synchronizer.offer("a", frame("a", 5));
    assertEquals(2, synchronizer.dropped());
    assertEquals(List.of(List.of(10L)), drain(synchronizer));
    assertThrows(IllegalArgumentException.class, () -> synchronizer.offer("x", frame("x", 20)));
    synchronizer.close();
    synchronizer.offer("a", frame("a", 30));
    assertNull(synchronizer.poll());
  }

  @Test
  void whatComesAfterAnEndOrWaitsAtTheCloseIsDroppedAndCounted() {
    MultiStreamSynchronizer synchronizer =
        new MultiStreamSynchronizer(List.of("a", "b"), SyncSettings.defaults());
    synchronizer.offer("a", frame("a", 0));
    synchronizer.finish("a");
    synchronizer.offer("a", frame("a", 40));
    assertEquals(1, synchronizer.dropped(), "it has ended");
    assertEquals(1, pool.live());
    synchronizer.close();
    assertEquals(2, synchronizer.dropped(), "it waited");
    assertEquals(0, pool.live());
  }

  @Test
  void timesOfTheNetworkAreComparedWhenTheyAreWanted() {
    SyncSettings settings = new SyncSettings(Duration.ofMillis(5), 4, SyncSettings.Time.PTP);
    try (MultiStreamSynchronizer synchronizer =
        new MultiStreamSynchronizer(List.of("a", "b"), settings)) {
      TimestampedFrame first = frame("a", 0);
      first.ptpNanos(700 * MILLI);
      TimestampedFrame second = frame("b", 9_000);
      second.ptpNanos(700 * MILLI);
      synchronizer.offer("a", frame("a", 0));
      assertEquals(1, synchronizer.dropped(), "without a time of the network");
      synchronizer.offer("a", first);
      synchronizer.offer("b", second);
      assertEquals(List.of(List.of(0L, 9_000L)), drain(synchronizer));
    }
  }

  @Test
  void whoWaitsIsWokenByAFrameAnEndAndAClose() throws InterruptedException {
    MultiStreamSynchronizer synchronizer =
        new MultiStreamSynchronizer(List.of("a", "b"), SyncSettings.defaults());
    AtomicReference<SyncedFrame> found = new AtomicReference<>();
    Thread waiting = waiting(synchronizer, found);
    synchronizer.offer("a", frame("a", 0));
    synchronizer.offer("b", frame("b", 0));
    waiting.join();
    try (SyncedFrame set = assertInstanceOf(SyncedFrame.class, found.get())) {
      assertEquals(List.of(0L, 0L), millis(set));
    }
    Thread second = waiting(synchronizer, found);
    synchronizer.finish("b");
    second.join();
    assertNull(found.get());
    MultiStreamSynchronizer other =
        new MultiStreamSynchronizer(List.of("a"), SyncSettings.defaults());
    Thread third = waiting(other, found);
    other.close();
    third.join();
    assertNull(found.get());
    synchronizer.close();
  }

  private static Thread waiting(
      MultiStreamSynchronizer synchronizer, AtomicReference<SyncedFrame> found) {
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    found.set(synchronizer.next());
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    Deadline soon = Deadline.in(Duration.ofSeconds(60));
    while (thread.getState() != Thread.State.WAITING) {
      assertFalse(soon.passed(), "it does not wait");
      Thread.onSpinWait();
    }
    return thread;
  }

  /** Whatever the rates, the jitter and the order of arrival. */
  @Test
  void everySetIsOfOneMomentAndOfNearestFrames() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int count = random.nextInt(1, 5);
      List<String> names = List.of("a", "b", "c", "d").subList(0, count);
      List<List<Long>> times = new ArrayList<>();
      List<long[]> arrivals = new ArrayList<>();
      for (int source = 0; source < count; source++) {
        times.add(times(random, random.nextInt(15, 60)));
        for (long millis : times.get(source)) {
          arrivals.add(new long[] {millis + random.nextInt(30), source, millis});
        }
      }
      arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
      int offered = arrivals.size();
      try (MultiStreamSynchronizer synchronizer =
          new MultiStreamSynchronizer(names, SyncSettings.defaults())) {
        List<List<Long>> sets = new ArrayList<>();
        List<long[]> sorted = inOrderOfEachSource(arrivals, count, times);
        for (long[] arrival : sorted) {
          String name = names.get((int) arrival[1]);
          synchronizer.offer(name, frame(name, arrival[2]));
          sets.addAll(drain(synchronizer));
        }
        check(sets, times, "seed " + seed);
        assertEquals(offered, (long) sets.size() * count + synchronizer.dropped() + pool.live());
        assertTrue(sets.size() > 20, "seed " + seed + ": only " + sets.size());
      }
    }
  }

  /** Jitter must not turn the frames of one source round. */
  private static List<long[]> inOrderOfEachSource(
      List<long[]> arrivals, int count, List<List<Long>> times) {
    int[] next = new int[count];
    List<long[]> sorted = new ArrayList<>();
    for (long[] arrival : arrivals) {
      int source = (int) arrival[1];
      sorted.add(new long[] {arrival[0], source, times.get(source).get(next[source]++)});
    }
    return sorted;
  }

  private static List<Long> times(SplittableRandom random, int period) {
    List<Long> times = new ArrayList<>();
    for (long at = random.nextLong(50); at < 3_000; at += period + random.nextInt(-5, 6)) {
      if (random.nextInt(15) > 0) {
        times.add(at);
      }
    }
    return times;
  }

  private static void check(List<List<Long>> sets, List<List<Long>> times, String what) {
    List<Long> last = null;
    for (List<Long> set : sets) {
      long latest = set.stream().mapToLong(Long::longValue).max().orElseThrow();
      long earliest = set.stream().mapToLong(Long::longValue).min().orElseThrow();
      assertTrue(latest - earliest <= 33, what + ": " + set);
      for (int source = 0; source < times.size(); source++) {
        long mine = set.get(source);
        long before = last == null ? Long.MIN_VALUE : last.get(source);
        assertTrue(mine > before, what + ": " + set + " after " + last);
        long nearest =
            times.get(source).stream()
                .filter(time -> time >= mine)
                .min(Comparator.comparingLong(time -> Math.abs(time - latest)))
                .orElseThrow();
        assertEquals(Math.abs(nearest - latest), Math.abs(mine - latest), what + ": " + set);
      }
      last = set;
    }
  }

  @Test
  void settingsAreChecked() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SyncSettings(Duration.ofMillis(-1), 1, SyncSettings.Time.CAPTURE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SyncSettings(Duration.ZERO, 0, SyncSettings.Time.CAPTURE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MultiStreamSynchronizer(List.of("a", "a"), SyncSettings.defaults()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MultiStreamSynchronizer(List.of(), SyncSettings.defaults()));
  }
}
