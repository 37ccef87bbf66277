package org.framecast.stream.webrtc.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.framecast.stream.media.Codec;
import org.framecast.stream.webrtc.rtp.RtcpListener;
import org.framecast.stream.webrtc.rtp.RtcpReader;
import org.junit.jupiter.api.Test;

/** What a publisher is told, byte by byte as the standards say. */
class FeedbackTest {
  private static final long MILLI = 1_000_000L;

  /** What was sent, as a reader understands it. */
  private static final class Told implements RtcpListener {
    final List<String> all = new ArrayList<>();
    final List<byte[]> packets = new ArrayList<>();

    void packet(java.lang.foreign.MemorySegment memory, int size) {
      byte[] bytes = memory.asSlice(0, size).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
      packets.add(bytes);
      RtcpReader.read(ByteBuffer.wrap(bytes), this);
    }

    @Override
    public void report(int ssrc, int fractionLost, int packetsLost, int jitter) {
      all.add("report " + fractionLost + " " + packetsLost + " " + jitter);
    }

    @Override
    public void keyframeWanted(int ssrc) {
      all.add("pli " + Integer.toHexString(ssrc));
    }

    @Override
    public void bitrateLimit(long bitrateBps) {
      all.add("limit " + bitrateBps);
    }

    @Override
    public void missing(int ssrc, int sequence, int following) {
      all.add("missing " + sequence + " " + Integer.toBinaryString(following));
    }
  }

  private final Told told = new Told();

  private IngestFeedback feedback(ReceivingTrack... tracks) {
    java.lang.foreign.MemorySegment memory =
        java.lang.foreign.Arena.ofAuto().allocate(RtcpWriter.MAX_BYTES);
    return new IngestFeedback(
        IngestSettings.defaults(), tracks, new RtcpWriter(memory, 7, "framecast"), told::packet);
  }

  private static void send(ReceivedUnits to, PublishedUnits from, int count, int skip, long now) {
    List<byte[]> packets = new ArrayList<>();
    while (packets.size() < count) {
      packets.addAll(from.packets(from.next(true), true, 0));
    }
    for (int i = 0; i < count; i++) {
      if (i < 10 || i >= 10 + skip) {
        to.packet(packets.get(i), now);
      }
    }
  }

  @Test
  void reportsSayWhatIsLostAndTheLimit() {
    try (ReceivedUnits received = new ReceivedUnits(Codec.VP8);
        PublishedUnits publisher = new PublishedUnits(Codec.VP8, new Random(1), 100)) {
      IngestFeedback feedback = feedback(received.track);
      send(received, publisher, 20, 5, 0);
      feedback.heard(received.track, MILLI);
      // 5 of 20: 64 of 256ths.
      assertEquals(List.of("report 64 5 0", "limit 6000000"), told.all);
    }
  }

  @Test
  void missingPacketsAreAskedForOnceThenAgainAndGivenUp() {
    try (ReceivedUnits received = new ReceivedUnits(Codec.VP8);
        PublishedUnits publisher = new PublishedUnits(Codec.VP8, new Random(1), 0xfff0)) {
      IngestFeedback feedback = feedback(received.track);
      send(received, publisher, 20, 7, 0);
      feedback.tick(5 * MILLI);
      assertEquals(List.of(), told.all, "it may only be late");
      feedback.tick(12 * MILLI);
      // The numbers go over their end: 0xfffa and the six after it.
      assertEquals(List.of("missing " + 0xfffa + " 111111"), told.all);
      for (long now = 13; now < 600; now += 5) {
        feedback.tick(now * MILLI);
        received.track.deliver(now * MILLI);
      }
      long asked = told.all.stream().filter(one -> one.startsWith("missing")).count();
      assertEquals(4, asked, told.all.toString());
      assertTrue(received.keyframesNeeded > 0, "given up, so a keyframe is needed");
      assertTrue(!received.track.isWaiting());
    }
  }

  @Test
  void keyframesAreAskedForAtMostTwiceASecond() {
    try (ReceivedUnits received = new ReceivedUnits(Codec.VP8);
        PublishedUnits publisher = new PublishedUnits(Codec.VP8, new Random(1), 0)) {
      IngestFeedback feedback = feedback(received.track);
      assertTrue(!feedback.askForKeyframe(0), "nobody is there to be asked");
      send(received, publisher, 1, 0, 0);
      int times = 0;
      for (long now = 0; now < 1_000; now++) {
        times += feedback.askForKeyframe(now * MILLI) ? 1 : 0;
      }
      assertEquals(2, times);
      assertEquals("pli 12345678", told.all.getLast());
      // RR without blocks, SDES, PLI: a compound packet that each part of fills exactly.
      ByteBuffer packet = ByteBuffer.wrap(told.packets.getLast());
      int at = 0;
      List<Integer> types = new ArrayList<>();
      while (at < packet.limit()) {
        types.add(packet.get(at + 1) & 0xff);
        at += 4 * ((packet.getShort(at + 2) & 0xffff) + 1);
      }
      assertEquals(packet.limit(), at);
      assertEquals(List.of(201, 202, 206), types);
    }
  }

  /** RFC 3550 §A.8: transit times that alternate by 16 ticks converge to a jitter of 16. */
  @Test
  void jitterFollowsTheStandardsFormula() {
    ReceptionStatistics statistics = new ReceptionStatistics(90_000);
    for (int i = 0; i < 400; i++) {
      long arrival = i * 10L * MILLI + (i % 2 == 0 ? 0 : 16L * 1_000_000_000L / 90_000 + 1);
      statistics.packet(i, i * 900, arrival);
    }
    assertTrue(Math.abs(statistics.jitter() - 16) <= 1, statistics.jitter() + " ticks");
  }

  @Test
  void theExtendedNumberCountsRounds() {
    ReceptionStatistics statistics = new ReceptionStatistics(90_000);
    for (int i = 0; i < 70_000; i++) {
      statistics.packet((65_000 + i) & 0xffff, 0, 0);
    }
    assertEquals(65_000 + 69_999, statistics.extendedHighest());
    assertEquals(0, statistics.lost());
    assertEquals(0, statistics.fractionLost());
    statistics.senderReport(0x1234_5678_9abc_def0L, 500 * MILLI);
    assertEquals(0x5678_9abc, statistics.lastReport());
    assertEquals(65_536, statistics.delaySinceReport(1_500 * MILLI));
  }
}
