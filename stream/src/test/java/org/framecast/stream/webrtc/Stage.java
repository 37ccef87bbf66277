package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.rtp.Units;
import org.framecast.stream.webrtc.sdp.Offers;

/** A stream and its negotiator on a fake transport, with a clock that a test moves. */
final class Stage implements AutoCloseable {
  final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  final CountedDemand demand = new CountedDemand();
  final AtomicInteger keyframesAsked = demand.keyframes;
  final List<LeaveReason> departures = new ArrayList<>();
  final BufferPool pool = BufferPool.open("stage", 16 << 20);
  final FakeTransport transport = new FakeTransport();
  final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  Executor work = Runnable::run;
  final NegotiatorSettings limits;
  final WhepNegotiator negotiator;
  final SenderPool senders = SenderPool.inline();
  final FanOut stream;

  Stage() {
    this(Duration.ofSeconds(30));
  }

  Stage(FanOutSettings settings) {
    this(Duration.ofSeconds(30), settings);
  }

  Stage(Duration answerLimit) {
    this(answerLimit, FanOutSettings.of(Offers.VP8_AND_OPUS));
  }

  private Stage(Duration answerLimit, FanOutSettings settings) {
    NegotiatorSettings defaults = NegotiatorSettings.defaults();
    limits =
        new NegotiatorSettings(
            answerLimit,
            defaults.handshakeLimit(),
            defaults.interruptionLimit(),
            defaults.videoSilence(),
            defaults.audioSilence(),
            Duration.ofHours(1));
    negotiator =
        WhepNegotiator.open(
            transport,
            limits,
            new NegotiatorRuntime(
                task -> work.execute(task),
                timer,
                nanos::get,
                () -> Instant.EPOCH,
                new SecureRandom()));
    stream =
        FanOut.open(
            settings,
            demand,
            new ViewerListener() {
              @Override
              public void left(Viewer viewer, LeaveReason reason) {
                departures.add(reason);
              }
            },
            nanos::get,
            () -> Instant.EPOCH,
            senders);
  }

  NegotiationResult negotiate(String offer) throws Exception {
    return negotiator.negotiate(offer, stream).get(30, TimeUnit.SECONDS);
  }

  Viewer join() throws Exception {
    return join(Offers.plain());
  }

  private Viewer join(String offer) throws Exception {
    return assertInstanceOf(NegotiationResult.Answered.class, negotiate(offer)).viewer();
  }

  /** A viewer whose tracks are open. */
  Viewer connect() throws Exception {
    return connect(Offers.plain());
  }

  Viewer connect(String offer) throws Exception {
    Viewer viewer = join(offer);
    FakeTransport.FakePeer peer = transport.peers.getLast();
    peer.listener.stateChanged(PeerState.CONNECTED);
    peer.listener.trackOpened("0");
    peer.listener.trackOpened("1");
    return viewer;
  }

  FakeTransport.FakeTrack picture(int viewer) {
    return transport.peers.get(viewer).tracks.get(0);
  }

  FakeTransport.FakeTrack sound(int viewer) {
    return transport.peers.get(viewer).tracks.get(1);
  }

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  void keyframe(long ptsNanos) {
    deliver(Codec.VP8, AccessUnit.Kind.KEYFRAME, 2_000, ptsNanos);
  }

  void delta(long ptsNanos) {
    deliver(Codec.VP8, AccessUnit.Kind.DELTA, 100, ptsNanos);
  }

  void block(long ptsNanos) {
    deliver(Codec.OPUS, AccessUnit.Kind.KEYFRAME, 80, ptsNanos);
  }

  /** A picture whose bytes tell its size and seed. */
  void picture(Rendition rendition, AccessUnit.Kind kind, int bytes, int seed, long ptsNanos) {
    byte[] content = Units.counting(bytes, seed);
    try (AccessUnit unit = Units.of(pool, rendition.codec(), kind, content, ptsNanos)) {
      stream.deliver(rendition, unit);
    }
  }

  /** Moves a viewer at the next keyframe. */
  void switchTo(Viewer viewer, Rendition rendition) {
    stream.steer(viewer.tracks().get(0), rendition);
  }

  long unrepeated(int viewer) {
    return stream.viewers().get(viewer).tracks().get(0).unrepeated();
  }

  /** What a viewer's peer tells of its picture track. */
  void rtcp(int viewer, ByteBuffer packet) {
    transport.peers.get(viewer).listener.rtcpReceived("0", packet);
  }

  /** The viewer misses that packet, and those of the bits after it. */
  void nack(int viewer, byte[] packet, int following) {
    ByteBuffer lost = ByteBuffer.wrap(packet);
    rtcp(
        viewer,
        ByteBuffer.allocate(16)
            .putInt(0x81cd0003)
            .putInt(1)
            .putInt(lost.getInt(8))
            .putInt((lost.getShort(2) & 0xffff) << 16 | following)
            .flip());
  }

  void deliver(Codec codec, AccessUnit.Kind kind, int bytes, long ptsNanos) {
    try (AccessUnit unit = Units.of(pool, codec, kind, Units.counting(bytes, 0), ptsNanos)) {
      if (codec == Codec.OPUS) {
        stream.audio().deliver(unit);
      } else {
        stream.deliver(Rendition.best(codec), unit);
      }
    }
  }

  @Override
  public void close() {
    stream.close();
    negotiator.close();
    senders.close();
    timer.shutdownNow();
    assertEquals(0, transport.livePeers(), "peers left");
    assertEquals(0, negotiator.pending(), "negotiations left");
    assertEquals(0, pool.live(), "buffers left");
    pool.close();
  }
}
