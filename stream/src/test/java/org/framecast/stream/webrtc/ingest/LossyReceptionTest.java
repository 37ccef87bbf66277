package org.framecast.stream.webrtc.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of packets over a path that loses, delays, overtakes and repeats them, by seed: what is
 * delivered is what was sent, whole, in order, and never built on what is missing.
 */
class LossyReceptionTest {
  private static final long MILLI = 1_000_000L;
  private static final int UNITS = 900;

  private record Arrival(long nanos, byte[] packet) {}

  /** What the path does to packets. */
  private record Path(double loss, double duplicates, int delayMillis, boolean answersNacks) {}

  private record Sent(byte[] bytes, boolean keyframe, int packets) {}

  @ParameterizedTest
  @EnumSource(Codec.class)
  void reorderingAndRepetitionLoseNothing(Codec codec) {
    List<Sent> sent = new ArrayList<>();
    try (ReceivedUnits received = run(codec, new Path(0, 0.1, 60, false), 7, sent)) {
      assertEquals(sent.size(), received.units.size());
      for (int i = 0; i < sent.size(); i++) {
        assertArrayEquals(sent.get(i).bytes(), received.units.get(i).bytes(), "unit " + i);
      }
      TrackCounts counts = received.track.counts();
      // What came again after its place was passed counts as late: sound is never held back long.
      assertTrue(counts.duplicates() + counts.late() > 20, counts.toString());
      assertEquals(0, counts.lostUnits());
      assertEquals(sent.stream().mapToInt(Sent::packets).sum(), counts.packets(), "each once");
      assertFalse(received.track.isWaiting(), "nothing is missing");
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void lossIsHealedByAskingAgain(Codec codec) {
    List<Sent> sent = new ArrayList<>();
    try (ReceivedUnits received = run(codec, new Path(0.05, 0.02, 30, true), 11, sent)) {
      checkDelivered(codec, sent, received.units);
      if (codec != Codec.OPUS) {
        assertTrue(received.units.size() >= 0.95 * UNITS, received.units.size() + " delivered");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void lossWithoutHelpIsSkippedToTheNextKeyframe(Codec codec) {
    for (int seed = 0; seed < 5; seed++) {
      List<Sent> sent = new ArrayList<>();
      try (ReceivedUnits received = run(codec, new Path(0.02, 0.05, 40, false), seed, sent)) {
        checkDelivered(codec, sent, received.units);
        assertTrue(received.units.size() >= 50, received.units.size() + " delivered");
        assertTrue(received.units.size() < sent.size(), "nothing was lost");
        if (codec != Codec.OPUS) {
          assertTrue(received.keyframesNeeded > 0);
        }
      }
    }
  }

  private static void checkDelivered(
      Codec codec, List<Sent> sent, List<ReceivedUnits.Unit> delivered) {
    int at = -1;
    long pts = Long.MIN_VALUE;
    for (ReceivedUnits.Unit unit : delivered) {
      int before = at;
      at++;
      while (at < sent.size() && !java.util.Arrays.equals(sent.get(at).bytes(), unit.bytes())) {
        at++;
      }
      assertTrue(at < sent.size(), "a unit that was not sent, or not after " + before);
      assertTrue(unit.ptsNanos() > pts, "time does not rise");
      pts = unit.ptsNanos();
      if (codec != Codec.OPUS) {
        boolean keyframe = unit.kind() == AccessUnit.Kind.KEYFRAME;
        assertEquals(sent.get(at).keyframe(), keyframe, "kind of unit " + at);
        assertTrue(keyframe || at == before + 1, at + " is built on what came after " + before);
      }
    }
  }

  private static ReceivedUnits run(Codec codec, Path path, int seed, List<Sent> sent) {
    Random random = new Random(seed);
    // Both numbers go over their ends within the run.
    int timestamp = -90_000;
    PriorityQueue<Arrival> way = new PriorityQueue<>(Comparator.comparingLong(Arrival::nanos));
    ReceivedUnits received = new ReceivedUnits(codec);
    byte[][] kept = new byte[0x1_0000][];
    int[] asked = new int[128];
    try (PublishedUnits publisher = new PublishedUnits(codec, random, 0xfff0)) {
      long now = 1_000 * MILLI;
      for (int i = 0; i < UNITS; i++) {
        boolean keyframe = i % 30 == 0;
        byte[] bytes = publisher.next(keyframe);
        List<byte[]> packets = publisher.packets(bytes, keyframe, timestamp);
        sent.add(new Sent(bytes, keyframe, packets.size()));
        for (byte[] packet : packets) {
          kept[PublishedUnits.sequence(packet)] = packet;
          send(way, random, path, packet, now, i == 0);
        }
        timestamp += 3_000;
        long end = now + 33 * MILLI;
        for (; now < end; now += 3 * MILLI) {
          arrive(way, received, now);
          answer(way, random, path, received, kept, asked, now);
        }
      }
      for (int i = 0; i < 300; i++, now += 5 * MILLI) {
        arrive(way, received, now);
        answer(way, random, path, received, kept, asked, now);
      }
    }
    return received;
  }

  private static void send(
      PriorityQueue<Arrival> way,
      Random random,
      Path path,
      byte[] packet,
      long now,
      boolean first) {
    // The very first packet is the beginning of the numbers: what overtakes it would be.
    if (first) {
      way.add(new Arrival(now, packet));
      return;
    }
    if (random.nextDouble() >= path.loss()) {
      way.add(new Arrival(now + random.nextInt(path.delayMillis() + 1) * MILLI, packet));
    }
    if (random.nextDouble() < path.duplicates()) {
      way.add(new Arrival(now + random.nextInt(path.delayMillis() + 1) * MILLI, packet));
    }
  }

  private static void arrive(PriorityQueue<Arrival> way, ReceivedUnits received, long now) {
    while (!way.isEmpty() && way.peek().nanos() <= now) {
      received.packet(way.remove().packet(), now);
    }
    received.track.deliver(now);
  }

  private static void answer(
      PriorityQueue<Arrival> way,
      Random random,
      Path path,
      ReceivedUnits received,
      byte[][] kept,
      int[] asked,
      long now) {
    if (!path.answersNacks()) {
      return;
    }
    int count = received.track.due(now, asked, asked.length);
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() >= path.loss()) {
        way.add(new Arrival(now + 40 * MILLI, kept[asked[i]]));
      }
    }
  }
}
