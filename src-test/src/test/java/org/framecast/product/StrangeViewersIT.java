package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Viewers that vanish, never report, ask for too much, or never come after their offer. */
class StrangeViewersIT extends ProductTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Silence of six seconds, found out at a check every half second. */
  private static final Duration VANISHED = Duration.ofSeconds(7);

  /** So much later everything may be on a busy machine. */
  private static final Duration BUSY = Duration.ofSeconds(13);

  /** What {@code RepeatBudget} allows: a quarter of what was sent, and a floor. */
  private static final double REPEATED_SHARE = 0.25;

  private static final int REPEATED_FLOOR_BYTES = 32_000;

  private static final int ABANDONED = 500;

  /** An offer without a connection holds 82 to 86 kB of native memory. */
  private static final long HELD_BYTES = 40_000;

  /** Of each offer that has gone; the JVM's own allocations vary by some of that. */
  private static final long MAX_LEFT_BYTES = 8_000;

  /** So long the JVM may hold memory of its own. */
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private static final List<String> OBJECTS =
      List.of(
          "org.framecast.rtc.PeerConnection",
          "org.framecast.stream.webrtc.Viewer",
          "org.framecast.stream.webrtc.ViewerNegotiation",
          "org.framecast.viewer.WhepSession");

  @Test
  void aViewerThatIsCutOffIsGoneWithinSevenSecondsAndOthersGoOn() {
    watched(
        (session, honest) -> {
          try (LossyNetwork network =
                  LossyNetwork.open(Product.mediaPort(), List.of("--loss", "0", "--seed", "2"));
              RtcViewer cutOff =
                  RtcViewer.joinOver(
                      api(), session.stream(), session.accessToken(), network.address())) {
            cutOff.awaitVideoPackets(60);
            assertEquals(2, viewers(session));
            network.close();
            int before = honest.videoPackets();
            long cut = System.nanoTime();
            while (viewers(session) > 1 && System.nanoTime() - cut < 60 * SECOND_NANOS) {
              LockSupport.parkNanos(100_000_000L);
            }
            Duration gone = Duration.ofNanos(System.nanoTime() - cut);
            assertTrue(gone.compareTo(VANISHED.plus(BUSY)) < 0, "gone after " + gone);
            assertEquals(
                404, api().get(cutOff.location(), session.accessToken()).status(), "with its URL");
            assertTrue(honest.videoPackets() - before >= 5 * gone.toSeconds(), "others go on");
          }
        });
  }

  @Test
  void aViewerThatNeverReportsIsServedAsTheOthersAre() {
    watched(
        (session, honest) -> {
          try (RtcViewer silent =
              RtcViewer.joinSilently(
                  api(), session.stream(), session.accessToken(), Optional.empty(), packet -> {})) {
            silent.awaitVideoPackets(30);
            int ofHonest = honest.videoPackets();
            int ofSilent = silent.videoPackets();
            LockSupport.parkNanos(VANISHED.plusSeconds(2).toNanos());
            double share =
                (double) (silent.videoPackets() - ofSilent) / (honest.videoPackets() - ofHonest);
            assertTrue(share > 0.9 && share < 1.1, "it gets what others get: " + share);
            assertEquals(2, viewers(session));
            assertEquals(200, api().delete(silent.location(), session.accessToken()).status());
            assertTrue(silent.awaitEnd(Duration.ofSeconds(10)));
          }
        });
  }

  /** What comes twice is thrown away below the viewer, so it is counted on its way. */
  @Test
  void whoAsksForEverythingAgainGetsItsBudgetAndDisturbsNobody() {
    AtomicLong bytes = new AtomicLong();
    AtomicInteger last = new AtomicInteger();
    AtomicInteger ssrc = new AtomicInteger();
    watched(
        (session, honest) -> {
          try (LossyNetwork network =
                  LossyNetwork.open(Product.mediaPort(), List.of("--loss", "0", "--seed", "3"));
              RtcViewer greedy =
                  RtcViewer.joinSilently(
                      api(),
                      session.stream(),
                      session.accessToken(),
                      Optional.of(network.address()),
                      packet -> {
                        ByteBuffer header = ByteBuffer.wrap(packet);
                        bytes.addAndGet(packet.length);
                        ssrc.set(header.getInt(8));
                        last.set(header.getShort(2));
                      })) {
            long start = System.nanoTime();
            greedy.awaitVideoPackets(30);
            int before = honest.videoPackets();
            double seconds = storm(5, 100, i -> greedy.say(nack(ssrc.get(), last.get() - 200)));
            int toHonest = honest.videoPackets() - before;
            int fresh = greedy.videoPackets() + greedy.audioPackets();
            double all = (System.nanoTime() - start) / (double) SECOND_NANOS;
            double packetBytes = (double) bytes.get() / greedy.videoPackets();
            int repeated = network.end().getJsonObject("to_viewers").getInt("passed") - fresh;
            double budget =
                greedy.videoPackets() * REPEATED_SHARE
                    + (all + 2) * REPEATED_FLOOR_BYTES / packetBytes;
            String found = repeated + " packets again, " + fresh + " once, budget " + budget;
            assertTrue(repeated > 30, "the storm arrived: " + found);
            // Checks, reports and the handshake pass there too.
            assertTrue(repeated <= budget + 40 * all, found);
            assertTrue(toHonest >= seconds * 10, toHonest + " packets to the other viewer");
          }
        });
  }

  @Test
  void whoAlwaysAsksForKeyframesGetsTwoASecond() {
    RtpRecording recording = new RtpRecording();
    AtomicInteger ssrc = new AtomicInteger();
    watched(
        (session, honest) -> {
          try (RtcViewer other =
                  RtcViewer.join(api(), session.stream(), session.accessToken(), recording);
              RtcViewer greedy =
                  RtcViewer.joinSilently(
                      api(),
                      session.stream(),
                      session.accessToken(),
                      Optional.empty(),
                      packet -> ssrc.set(ByteBuffer.wrap(packet).getInt(8)))) {
            greedy.awaitVideoPackets(30);
            int before = recording.pictures().size();
            double seconds = storm(5, 100, i -> greedy.say(pli(ssrc.get())));
            List<RtpRecording.Unit> pictures = List.copyOf(recording.pictures());
            List<RtpRecording.Unit> during = pictures.subList(before, pictures.size());
            long keyframes = during.stream().filter(RtpRecording.Unit::isKeyframe).count();
            assertTrue(during.size() >= seconds * 10, during.size() + " pictures to others");
            assertTrue(keyframes >= 3, "the storm arrived: " + keyframes);
            assertTrue(keyframes <= 2 * seconds + 2, keyframes + " keyframes in " + seconds + " s");
            assertTrue(other.videoPackets() > 0);
          }
        });
  }

  /**
   * The first offers bring what stays once it is there: compiled code, threads, pools. A viewer who
   * stays keeps the stream and its encoder, whose memory is not the offers'.
   */
  @Test
  void abandonedOffersAreGoneWithinFifteenSecondsWithTheirMemory(TestReporter reporter)
      throws Exception {
    Api.Session session = api().openSession();
    try (RtcViewer steady = RtcViewer.join(api(), "demo", session.accessToken())) {
      steady.awaitVideoPackets(30);
      ServerMemory memory = ServerMemory.ofServer();
      String warm = api().openSession().accessToken();
      offers(warm, "127.77.1.3", 20_000);
      api().delete("/session", warm);
      awaitMetric("peers", n -> n == 1, Duration.ofSeconds(15));
      long before = memory.allocatedBytes();
      long opened = metric("peers_opened");

      offers(api().openSession().accessToken(), "127.77.1.4", 30_000);
      offers(api().openSession().accessToken(), "127.77.1.5", 40_000);
      long abandoned = System.nanoTime();
      assertEquals(ABANDONED, metric("peers_opened") - opened);
      long held = memory.allocatedBytes() - before;
      // Those that are still there when it has been looked: at least so many were there then.
      long there = metric("peers") - 1;
      assertTrue(held > there * HELD_BYTES, "the gauge sees " + held + " bytes of " + there);

      Duration limit = Duration.ofSeconds(15).plus(BUSY).minusNanos(System.nanoTime() - abandoned);
      awaitMetric("peers", n -> n == 1, limit);
      assertEquals(List.of(1L, 1L, 1L, 1L), objects(memory), "the steady viewer's " + OBJECTS);
      long left = leastAllocated(memory, before + ABANDONED * MAX_LEFT_BYTES) - before;
      reporter.publishEntry(
          "kB held by " + there + ", left of all", held / 1_000 + ", " + left / 1_000);
      assertTrue(left < ABANDONED * MAX_LEFT_BYTES, left + " bytes are left");
      assertTrue(steady.videoPackets() > 30);
    }
    api().delete("/session", session.accessToken());
    awaitMetric("peers", n -> n == 0, Duration.ofSeconds(15));
  }

  /** What the JVM's compiler holds comes and goes: the least that is read counts. */
  private static long leastAllocated(ServerMemory memory, long enough) {
    long deadline = System.nanoTime() + SETTLED.toNanos();
    long least = memory.allocatedBytes();
    while (least >= enough && System.nanoTime() < deadline) {
      LockSupport.parkNanos(SECOND_NANOS / 2);
      least = Math.min(least, memory.allocatedBytes());
    }
    return least;
  }

  private static List<Long> objects(ServerMemory memory) {
    return OBJECTS.stream().map(memory::instances).toList();
  }

  /** Two hundred and fifty offers of one address. */
  private void offers(String token, String address, int firstPort) throws Exception {
    try (HttpClient http =
        HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build()) {
      for (int i = 0; i < 250; i += 10) {
        int first = firstPort + i;
        List<CompletableFuture<HttpResponse<Void>>> sent =
            IntStream.range(first, first + 10)
                .mapToObj(n -> http.sendAsync(offer(token, n), BodyHandlers.discarding()))
                .toList();
        for (CompletableFuture<HttpResponse<Void>> one : sent) {
          assertEquals(201, one.join().statusCode());
        }
      }
    }
  }

  private HttpRequest offer(String token, int number) {
    String ufrag = String.format(Locale.ROOT, "a%05d", number);
    return api()
        .request("/whep/demo")
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/sdp")
        .POST(BodyPublishers.ofString(Offers.chromiumLike(ufrag, 10_000 + number)))
        .build();
  }

  private interface Watched {
    void with(Api.Session session, RtcViewer honest);
  }

  /** A live stream with one viewer that behaves. */
  private void watched(Watched test) {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer honest = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      honest.awaitVideoPackets(30);
      test.with(session, honest);
      assertTrue(publisher.isRunning());
    }
    awaitMetric("peers", n -> n == 0, Duration.ofSeconds(15));
  }

  private int viewers(Api.Session session) {
    return api()
        .get("/streams/" + session.stream() + "/viewers", session.accessToken())
        .json()
        .getJsonArray("viewers")
        .size();
  }

  /** How many seconds it took. */
  private static double storm(int seconds, int perSecond, IntConsumer one) {
    long start = System.nanoTime();
    for (int i = 0; i < seconds * perSecond; i++) {
      one.accept(i);
      LockSupport.parkNanos(start + (i + 1) * SECOND_NANOS / perSecond - System.nanoTime());
    }
    return (System.nanoTime() - start) / (double) SECOND_NANOS;
  }

  /** Two hundred packets and more are missing, it says. */
  private static byte[] nack(int ssrc, int from) {
    int entries = 12;
    ByteBuffer packet = ByteBuffer.allocate(12 + 4 * entries);
    packet.put((byte) 0x81).put((byte) 205).putShort((short) (2 + entries)).putInt(1).putInt(ssrc);
    for (int i = 0; i < entries; i++) {
      packet.putShort((short) (from + 17 * i)).putShort((short) 0xffff);
    }
    return packet.array();
  }

  static byte[] pli(int ssrc) {
    return ByteBuffer.allocate(12)
        .put((byte) 0x81)
        .put((byte) 206)
        .putShort((short) 2)
        .putInt(1)
        .putInt(ssrc)
        .array();
  }
}
