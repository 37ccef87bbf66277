package org.framecast.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.framecast.rtc.GatheringState;
import org.framecast.rtc.Negotiation;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PeerConnection;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.framecast.rtc.SdpType;
import org.framecast.rtc.SessionDescription;
import org.framecast.rtc.Track;
import org.framecast.rtc.TrackOptions;

/**
 * What joins cost the sender by the library's own lock on its ids, which each send takes: the time
 * of one send while nobody joins, while viewers join in another process (which costs the same
 * processor time but not the lock), and while they join in this one. The three take turns.
 *
 * <p>Each join is a whole one, to the connection and back to nothing, and both of its peers are in
 * the same process: twice what a server does for it.
 */
public final class LockBench {
  private static final int PACKET_BYTES = 1_200;
  private static final int PACKETS_PER_PICTURE = 6;
  private static final long PICTURE_NANOS = 33_333_333L;
  private static final String LINES =
      "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=%s\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\n";

  private enum Joins {
    NONE,
    ELSEWHERE,
    HERE
  }

  private final RtcLibrary library =
      RtcLibrary.open(RtcOptions.of(Thread.ofPlatform().daemon().name("lock-rtc-", 0).factory()));
  private final int rate;
  private final AtomicInteger failures = new AtomicInteger();

  private LockBench(int rate) {
    this.rate = rate;
  }

  /** Runs the benchmark; it has no goal. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options =
        new BenchOptions("lock: the time of one send while viewers join, by the library's lock")
            .option("viewers", "10", "who are sent to all the time")
            .option("rate", "30", "joins a second")
            .option("seconds", "8", "of each turn")
            .option("rounds", "3", "turns of each kind")
            .option("joins-only", "0", "seconds to join for and do nothing else")
            .parse(arguments);
    LockBench bench = new LockBench(options.number("rate"));
    if (options.number("joins-only") > 0) {
      bench.join(options.number("joins-only"));
      return;
    }
    bench.measure(options.number("viewers"), options.number("seconds"), options.number("rounds"));
    System.exit(0);
  }

  private void measure(int viewers, int seconds, int rounds) throws Exception {
    List<Pair> steady = new ArrayList<>();
    for (int i = 0; i < viewers; i++) {
      steady.add(new Pair().connected());
    }
    send(steady, 3);
    List<List<long[]>> times = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      for (Joins joins : Joins.values()) {
        times.get(joins.ordinal()).add(turn(steady, joins, seconds));
      }
    }
    System.out.printf("%-30s %9s %9s %9s %9s%n", "one send, µs", "p50", "p99", "p99.9", "max");
    for (Joins joins : Joins.values()) {
      print(label(joins), times.get(joins.ordinal()));
    }
    System.out.printf("joins that failed here: %d%n", failures.get());
    steady.forEach(Pair::close);
  }

  private String label(Joins joins) {
    return switch (joins) {
      case NONE -> "nobody joins";
      case ELSEWHERE -> rate + " joins/s in another process";
      case HERE -> rate + " joins/s in this process";
    };
  }

  private long[] turn(List<Pair> steady, Joins joins, int seconds) throws Exception {
    try (ExecutorService others = Executors.newSingleThreadExecutor()) {
      switch (joins) {
        case NONE -> {}
        case ELSEWHERE -> others.submit(() -> joinElsewhere(seconds));
        case HERE -> others.submit(() -> join(seconds));
      }
      return send(steady, seconds);
    }
  }

  private Void joinElsewhere(int seconds) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dframecast.root=" + System.getProperty("framecast.root"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LockBench.class.getName());
    command.addAll(List.of("--joins-only", Integer.toString(seconds)));
    command.addAll(List.of("--rate", Integer.toString(rate)));
    new ProcessBuilder(command).inheritIO().start().waitFor();
    return null;
  }

  /** Each is connected, and closed at once. */
  private Void join(int seconds) {
    try (ExecutorService joiners = Executors.newFixedThreadPool(4)) {
      long next = System.nanoTime();
      for (int i = 0; i < seconds * rate; i++) {
        joiners.submit(
            () -> {
              try (Pair pair = new Pair()) {
                pair.connected();
              } catch (Exception e) {
                failures.incrementAndGet();
              }
            });
        next += 1_000_000_000L / rate;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    return null;
  }

  /** Pictures at 30 a second to all; the time of each packet's send, in ns. */
  private static long[] send(List<Pair> pairs, int seconds) {
    int pictures = seconds * 30;
    long[] times = new long[pictures * PACKETS_PER_PICTURE * pairs.size()];
    int taken = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment packet = arena.allocate(PACKET_BYTES);
      packet.set(ValueLayout.JAVA_BYTE, 0, (byte) 0x80);
      packet.set(ValueLayout.JAVA_BYTE, 1, (byte) 96);
      long next = System.nanoTime();
      int sequence = 0;
      for (int i = 0; i < pictures; i++) {
        for (int j = 0; j < PACKETS_PER_PICTURE; j++) {
          sequence++;
          packet.set(ValueLayout.JAVA_BYTE, 2, (byte) (sequence >> 8));
          packet.set(ValueLayout.JAVA_BYTE, 3, (byte) sequence);
          for (Pair pair : pairs) {
            long before = System.nanoTime();
            pair.track.send(packet, 0, PACKET_BYTES);
            times[taken++] = System.nanoTime() - before;
          }
        }
        next += PICTURE_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    return times;
  }

  private static void print(String label, List<long[]> rounds) {
    long[] all = rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-30s %9.1f %9.1f %9.1f %9.1f   (%d sends)%n",
        label,
        at(all, 0.5),
        at(all, 0.99),
        at(all, 0.999),
        at(all, 1),
        all.length);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e3;
  }

  /** One who sends and one who receives. */
  private final class Pair implements AutoCloseable {
    private final CompletableFuture<String> offer = new CompletableFuture<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> open = new CompletableFuture<>();
    private final PeerConnection receiver = peer(offer);
    private final PeerConnection sender = peer(answer);
    private final Track track;

    Pair() {
      receiver.addTrack(LINES.formatted("recvonly"), TrackOptions.raw(), new Track.Listener() {});
      track = sender.addTrack(LINES.formatted("sendonly"), TrackOptions.raw(), opened());
      receiver.setLocalDescription(SdpType.OFFER);
    }

    private PeerConnection peer(CompletableFuture<String> gathered) {
      return PeerConnection.open(
          library,
          PeerConfiguration.standard()
              .withBindAddress("127.0.0.1")
              .withNegotiation(Negotiation.MANUAL),
          new PeerConnection.Listener() {
            @Override
            public void gatheringStateChanged(PeerConnection peer, GatheringState state) {
              if (state == GatheringState.COMPLETE) {
                gathered.complete(peer.localDescription().orElseThrow().sdp());
              }
            }
          });
    }

    private Track.Listener opened() {
      return new Track.Listener() {
        @Override
        public void opened(Track opened) {
          open.complete(null);
        }
      };
    }

    Pair connected() throws Exception {
      sender.setRemoteDescription(
          new SessionDescription(SdpType.OFFER, offer.get(10, TimeUnit.SECONDS)));
      sender.setLocalDescription(SdpType.ANSWER);
      receiver.setRemoteDescription(SessionDescription.answer(answer.get(10, TimeUnit.SECONDS)));
      open.get(10, TimeUnit.SECONDS);
      return this;
    }

    @Override
    public void close() {
      sender.close();
      receiver.close();
    }
  }
}
