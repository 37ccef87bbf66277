package org.framecast.stream.transport.datachannel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.LeaveReason;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.NegotiatorSettings;
import org.framecast.stream.webrtc.Viewer;
import org.framecast.stream.webrtc.ViewerStats;
import org.framecast.stream.webrtc.rtp.Units;
import org.framecast.stream.webrtc.rtp.Vp8Depacketizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offers of a real peer, answered and served by the real library in the same process. */
@Timeout(180)
class WhepLoopTest {
  private static final long FRAME_NANOS = 33_333_333L;

  @Test
  void pictureAndSoundArriveWholeInTheOffersPayloadTypes() throws Exception {
    try (Studio studio = new Studio(NegotiatorSettings.defaults(), List.of());
        TestViewer viewer = new TestViewer(studio.transport, 101, 109)) {
      Viewer joined = studio.join(viewer).viewer();
      await("connected", () -> joined.state() == Viewer.State.CONNECTED);
      await("the keyframe that it needs", () -> studio.keyframesAsked.get() > 0);

      List<byte[]> pictures = new ArrayList<>();
      Vp8Depacketizer depacketizer = new Vp8Depacketizer();
      List<Vp8Depacketizer.Frame> frames = new ArrayList<>();
      // Nothing of this can be decoded before the keyframe, so nothing of it may arrive.
      studio.deliver(Codec.VP8, AccessUnit.Kind.DELTA, new byte[] {1, 2, 3}, 0);
      for (int i = 0; i < 60; i++) {
        byte[] picture = Units.counting(i % 20 == 0 ? 30_000 : 200 + i * 97, i);
        picture[0] = (byte) (i % 20 == 0 ? picture[0] & ~1 : picture[0] | 1);
        pictures.add(picture);
        studio.deliver(
            Codec.VP8,
            i % 20 == 0 ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA,
            picture,
            (i + 1) * FRAME_NANOS);
        studio.deliver(
            Codec.OPUS, AccessUnit.Kind.KEYFRAME, Units.counting(90, i), i * 20_000_000L);
        // The next picture leaves when this one is there: the test is not about loss.
        frames.add(nextFrame(depacketizer, viewer.video));
      }

      for (int i = 0; i < 60; i++) {
        Vp8Depacketizer.Frame frame = frames.get(i);
        assertArrayEquals(pictures.get(i), frame.bytes());
        assertEquals(101, frame.payloadType());
        assertEquals(frames.get(0).ssrc(), frame.ssrc());
        int elapsed = frame.timestamp() - frames.get(0).timestamp();
        assertTrue(Math.abs(elapsed - i * 3_000) <= 1, "picture " + i + " at " + elapsed);
      }
      checkSound(viewer);
      checkReports(viewer, frames.get(0).ssrc());
      assertEquals(1, studio.stream.viewers().size());
      assertEquals(Optional.of(Codec.VP8), joined.codec(MediaKind.VIDEO));
      assertEquals(0, joined.stats().dropped());
    }
  }

  private static Vp8Depacketizer.Frame nextFrame(
      Vp8Depacketizer depacketizer, BlockingQueue<byte[]> packets) throws Exception {
    while (true) {
      byte[] packet = packets.poll(30, TimeUnit.SECONDS);
      assertNotNull(packet, "no packet");
      Optional<Vp8Depacketizer.Frame> frame = depacketizer.take(packet);
      if (frame.isPresent()) {
        return frame.get();
      }
    }
  }

  private static void checkSound(TestViewer viewer) throws Exception {
    int sequence = -1;
    int timestamp = 0;
    for (int i = 0; i < 60; i++) {
      byte[] bytes = viewer.audio.poll(30, TimeUnit.SECONDS);
      assertNotNull(bytes, "block " + i);
      ByteBuffer packet = ByteBuffer.wrap(bytes);
      assertEquals(109, packet.get(1) & 0x7f);
      int number = packet.getShort(2) & 0xffff;
      assertTrue(sequence < 0 || number == ((sequence + 1) & 0xffff));
      assertTrue(sequence < 0 || packet.getInt(4) - timestamp == 960);
      sequence = number;
      timestamp = packet.getInt(4);
      byte[] payload = new byte[bytes.length - 12];
      packet.get(12, payload);
      assertArrayEquals(Units.counting(90, i), payload);
    }
  }

  /** Both tracks are reported under one name, on one time line. */
  private static void checkReports(TestViewer viewer, int videoSsrc) throws Exception {
    Map<Integer, Long> ntpBySsrc = new TreeMap<>();
    while (ntpBySsrc.size() < 2) {
      byte[] bytes = viewer.rtcp.poll(30, TimeUnit.SECONDS);
      assertNotNull(bytes, "no report of both tracks: " + ntpBySsrc);
      ByteBuffer packet = ByteBuffer.wrap(bytes);
      if ((packet.get(1) & 0xff) == 200) {
        ntpBySsrc.putIfAbsent(packet.getInt(4), packet.getLong(8));
        assertEquals(202, packet.get(29) & 0xff);
      }
    }
    assertTrue(ntpBySsrc.containsKey(videoSsrc));
  }

  @Test
  void aPliAsksTheEncoderAndAReportIsRead() throws Exception {
    try (Studio studio = new Studio(NegotiatorSettings.defaults(), List.of());
        TestViewer viewer = new TestViewer(studio.transport, 96, 111)) {
      Viewer joined = studio.join(viewer).viewer();
      await("the first request", () -> studio.keyframesAsked.get() > 0);
      studio.deliver(Codec.VP8, AccessUnit.Kind.KEYFRAME, Units.counting(5_000, 0), 0);
      Vp8Depacketizer.Frame frame = nextFrame(new Vp8Depacketizer(), viewer.video);

      // It is answered when the interval since the last keyframe is over, with the next picture.
      int before = studio.keyframesAsked.get();
      viewer.sendPli(frame.ssrc());
      await("the PLI", () -> joined.stats().keyframesWanted() == 1);
      int[] pictures = {0};
      await(
          "the request",
          () -> {
            pictures[0]++;
            studio.deliver(
                Codec.VP8, AccessUnit.Kind.DELTA, new byte[] {1, 1}, pictures[0] * FRAME_NANOS);
            return studio.keyframesAsked.get() > before;
          });

      viewer.sendReport(frame.ssrc());
      await("the report", () -> joined.stats().fractionLost() == 0.25);
      ViewerStats stats = joined.stats();
      assertEquals(3, stats.packetsLost());
      assertTrue(stats.reportAgeNanos() >= 0);
    }
  }

  @Test
  void aMissingPacketIsSentAgain() throws Exception {
    AtomicInteger lostSequence = new AtomicInteger(-1);
    Predicate<ByteBuffer> losesOnePicturePacket =
        packet ->
            packet.remaining() > 900
                && (packet.get(1) & 0x7f) == 96
                && lostSequence.compareAndSet(-1, packet.getShort(2) & 0xffff);
    try (Studio studio = new Studio(NegotiatorSettings.defaults(), List.of());
        LossyPath path = new LossyPath(studio.port, losesOnePicturePacket);
        TestViewer viewer = new TestViewer(studio.transport, 96, 111)) {
      Viewer joined = studio.join(viewer, path).viewer();
      await("the first request", () -> studio.keyframesAsked.get() > 0);
      byte[] picture = Units.counting(4_000, 0);
      studio.deliver(Codec.VP8, AccessUnit.Kind.KEYFRAME, picture, 0);
      List<byte[]> packets = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        packets.add(assertPacket(viewer.video));
      }
      assertEquals(0, viewer.video.size(), "nothing was lost");
      int ssrc = ByteBuffer.wrap(packets.get(0)).getInt(8);
      viewer.sendNack(ssrc, lostSequence.get());
      packets.add(assertPacket(viewer.video));
      packets.sort(Comparator.comparingInt(p -> ByteBuffer.wrap(p).getShort(2)));
      Vp8Depacketizer depacketizer = new Vp8Depacketizer();
      Optional<Vp8Depacketizer.Frame> frame = Optional.empty();
      for (byte[] packet : packets) {
        frame = depacketizer.take(packet);
      }
      assertArrayEquals(picture, frame.orElseThrow().bytes());
      await("its count", () -> joined.stats().nacked() == 1);
    }
  }

  private static byte[] assertPacket(BlockingQueue<byte[]> packets) throws Exception {
    byte[] packet = packets.poll(30, TimeUnit.SECONDS);
    assertNotNull(packet, "no packet");
    return packet;
  }

  @Test
  void aViewerWhoFallsSilentIsGoneAndOneWhoNeverSpokeStays() throws Exception {
    NegotiatorSettings limits =
        limits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(1));
    try (Studio studio = new Studio(limits, List.of());
        LossyPath path = new LossyPath(studio.port, packet -> false);
        TestViewer vanishes = new TestViewer(studio.transport, 96, 111);
        TestViewer mute = new TestViewer(studio.transport, 96, 111)) {
      Viewer joined = studio.join(vanishes, path).viewer();
      Viewer other = studio.join(mute).viewer();
      await("both", () -> studio.connected.size() == 2);
      studio.deliver(Codec.VP8, AccessUnit.Kind.KEYFRAME, Units.counting(500, 0), 0);
      int ssrc = nextFrame(new Vp8Depacketizer(), vanishes.video).ssrc();
      vanishes.sendReport(ssrc);
      await("its report", () -> joined.stats().reportAgeNanos() >= 0);
      path.breakDown();
      AtomicInteger pictures = new AtomicInteger();
      await(
          "its end",
          () -> {
            studio.deliver(
                Codec.VP8,
                AccessUnit.Kind.DELTA,
                new byte[] {1, 1},
                pictures.incrementAndGet() * FRAME_NANOS);
            return joined.state() == Viewer.State.CLOSED;
          });
      assertEquals(LeaveReason.SILENT, studio.departures.poll(30, TimeUnit.SECONDS));
      assertEquals(Viewer.State.CONNECTED, other.state());
    }
  }

  @Test
  void aViewerThatClosesIsGoneAndTheOthersGoOn() throws Exception {
    try (Studio studio = new Studio(NegotiatorSettings.defaults(), List.of());
        TestViewer stays = new TestViewer(studio.transport, 96, 111);
        TestViewer leaves = new TestViewer(studio.transport, 120, 109)) {
      studio.join(stays);
      studio.join(leaves);
      await("both", () -> studio.connected.size() == 2);
      leaves.close();
      assertEquals(LeaveReason.LEFT, studio.departures.poll(30, TimeUnit.SECONDS));
      assertEquals(1, studio.stream.viewers().size());
      studio.deliver(Codec.VP8, AccessUnit.Kind.KEYFRAME, Units.counting(5_000, 0), 0);
      assertEquals(5_000, nextFrame(new Vp8Depacketizer(), stays.video).bytes().length);
    }
  }

  @Test
  void theEndOfTheStreamEndsItsViewers() throws Exception {
    try (Studio studio = new Studio(NegotiatorSettings.defaults(), List.of());
        TestViewer viewer = new TestViewer(studio.transport, 96, 111)) {
      Viewer joined = studio.join(viewer).viewer();
      studio.stream.close();
      assertEquals(Viewer.State.CLOSED, joined.state());
      assertEquals(LeaveReason.STREAM_ENDED, studio.departures.poll(30, TimeUnit.SECONDS));
      // The other side is open still; ours is not.
      assertEquals(1, studio.transport.livePeers());
      assertInstanceOf(NegotiationResult.StreamEnded.class, studio.negotiate(viewer.offer()));
      assertEquals(1, studio.transport.livePeers());
    }
  }

  @Test
  void anAnswerThatNobodyTakesIsCleanedUp() throws Exception {
    NegotiatorSettings hasty = limits(Duration.ofSeconds(5), Duration.ofMillis(300));
    try (Studio studio = new Studio(hasty, List.of());
        TestViewer viewer = new TestViewer(studio.transport, 96, 111)) {
      assertInstanceOf(NegotiationResult.Answered.class, studio.negotiate(viewer.offer()));
      assertEquals(LeaveReason.NEVER_CONNECTED, studio.departures.poll(30, TimeUnit.SECONDS));
      await("its peer gone", () -> studio.transport.livePeers() == 1);
    }
  }

  /**
   * A STUN server that never answers makes gathering last 23.5 s (five retransmissions from 500 ms
   * on): that is how a negotiation hangs.
   */
  @Test
  void negotiationsThatHangEndAtTheLimitAndHoldNoThread() throws Exception {
    try (DatagramSocket hole = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String server = "stun:127.0.0.1:" + hole.getLocalPort();
      // Time enough to begin them all before the first one ends.
      NegotiatorSettings limits = limits(Duration.ofSeconds(5), Duration.ofSeconds(10));
      try (Studio studio = new Studio(limits, List.of(server));
          TestViewer viewer = new TestViewer(studio.transport, 96, 111)) {
        String offer = viewer.offer();
        List<CompletableFuture<NegotiationResult>> hanging = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
          hanging.add(studio.negotiator.negotiate(offer, studio.stream));
        }
        assertEquals(50, studio.negotiator.pending());
        assertEquals(51, studio.transport.livePeers());
        // The two work threads are free meanwhile.
        assertTrue(studio.work.submit(() -> true).get(30, TimeUnit.SECONDS));
        assertTrue(hanging.stream().noneMatch(CompletableFuture::isDone), "they hang");
        for (CompletableFuture<NegotiationResult> one : hanging) {
          assertInstanceOf(NegotiationResult.TimedOut.class, one.get(30, TimeUnit.SECONDS));
        }
        long tookMillis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(tookMillis >= 4_900, "ended after " + tookMillis + " ms");
        await("their peers gone", () -> studio.transport.livePeers() == 1);
        assertEquals(0, studio.negotiator.pending());
      }
    }
  }

  @Test
  void aCancelledNegotiationClosesItsPeer() throws Exception {
    try (DatagramSocket hole = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String server = "stun:127.0.0.1:" + hole.getLocalPort();
      try (Studio studio = new Studio(NegotiatorSettings.defaults(), List.of(server));
          TestViewer viewer = new TestViewer(studio.transport, 96, 111)) {
        CompletableFuture<NegotiationResult> result =
            studio.negotiator.negotiate(viewer.offer(), studio.stream);
        assertEquals(2, studio.transport.livePeers());
        assertTrue(result.cancel(false));
        await("its peer gone", () -> studio.transport.livePeers() == 1);
        assertEquals(0, studio.negotiator.pending());
      }
    }
  }

  @Test
  void fiftyAtOnceAreAllAnsweredAndConnect() throws Exception {
    List<TestViewer> viewers = new ArrayList<>();
    NegotiatorSettings patient = limits(Duration.ofSeconds(60), Duration.ofSeconds(60));
    try (Studio studio = new Studio(patient, List.of())) {
      List<CompletableFuture<NegotiationResult>> results = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        TestViewer viewer = new TestViewer(studio.transport, 96 + i % 20, 120);
        viewers.add(viewer);
        results.add(studio.negotiator.negotiate(viewer.offer(), studio.stream));
      }
      for (int i = 0; i < 50; i++) {
        NegotiationResult.Answered answered =
            assertInstanceOf(
                NegotiationResult.Answered.class, results.get(i).get(30, TimeUnit.SECONDS));
        viewers.get(i).answer(answered.answer());
      }
      await("all connected", () -> studio.connected.size() == 50);
      studio.deliver(Codec.VP8, AccessUnit.Kind.KEYFRAME, Units.counting(2_000, 0), 0);
      for (int i = 0; i < 50; i++) {
        Vp8Depacketizer.Frame frame = nextFrame(new Vp8Depacketizer(), viewers.get(i).video);
        assertEquals(96 + i % 20, frame.payloadType());
        assertArrayEquals(Units.counting(2_000, 0), frame.bytes());
      }
      viewers.forEach(TestViewer::close);
    }
  }

  private static NegotiatorSettings limits(Duration answer, Duration handshake) {
    return limits(answer, handshake, NegotiatorSettings.defaults().videoSilence());
  }

  private static NegotiatorSettings limits(
      Duration answer, Duration handshake, Duration videoSilence) {
    NegotiatorSettings defaults = NegotiatorSettings.defaults();
    return new NegotiatorSettings(
        answer,
        handshake,
        defaults.interruptionLimit(),
        videoSilence,
        defaults.audioSilence(),
        Duration.ofMillis(100));
  }

  /** Polls a condition that no callback announces. */
  private static void await(String what, BooleanSupplier condition) throws Exception {
    CompletableFuture<Void> never = new CompletableFuture<>();
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, () -> "waited in vain for " + what);
      never.completeOnTimeout(null, 5, TimeUnit.MILLISECONDS).get();
      never = new CompletableFuture<>();
    }
  }
}
