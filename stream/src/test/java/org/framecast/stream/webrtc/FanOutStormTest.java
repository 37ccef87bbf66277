package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.rtp.Units;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Viewers that come, go, change rendition, miss packets and want keyframes, all at once and from
 * several threads, on real sender threads. Every packet of every viewer is looked at.
 */
@Timeout(180)
class FanOutStormTest {
  private static final long STORM_NANOS = 3_000_000_000L;

  /** On a busy machine it takes longer until enough has happened. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private static final int JOINED = 50;
  private static final int PICTURES = 1_000;
  private static final int CHANGES = 20;
  private static final int REPEATS = 100;
  private static final Rendition[] RUNGS = {
    Rendition.best(Codec.VP8), new Rendition(Codec.VP8, 1), new Rendition(Codec.VP8, 2)
  };

  private final StormTransport transport = new StormTransport();
  private final BufferPool pool = BufferPool.open("storm", 64 << 20);
  private final CountedDemand demand = new CountedDemand();
  private final List<Thread> senderThreads = new ArrayList<>();
  private final ConcurrentHashMap<Viewer, StormTransport.StormPeer> peers =
      new ConcurrentHashMap<>();
  private final AtomicInteger joined = new AtomicInteger();
  private final long began = System.nanoTime();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noViewerEverSeesAGapOrABrokenPicture(long seed) throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    ExecutorService storm = Executors.newCachedThreadPool();
    SenderPool senders =
        SenderPool.open(
            3,
            task -> {
              Thread thread = new Thread(task);
              senderThreads.add(thread);
              return thread;
            });
    FanOut stream =
        FanOut.open(
            FanOutSettings.of(Offers.VP8_AND_OPUS).withLadder(3, 3),
            demand,
            ViewerListener.none(),
            MediaClock.system(),
            () -> Instant.EPOCH,
            senders);
    WhepNegotiator negotiator =
        WhepNegotiator.open(
            transport,
            NegotiatorSettings.defaults(),
            new NegotiatorRuntime(
                Runnable::run,
                timer,
                MediaClock.system(),
                () -> Instant.EPOCH,
                new SecureRandom()));
    List<Future<?>> tasks = new ArrayList<>();
    for (int rung = 0; rung < RUNGS.length; rung++) {
      int own = rung;
      tasks.add(storm.submit(() -> pictures(stream, own, new Random(seed * 10 + own))));
    }
    tasks.add(storm.submit(() -> sound(stream)));
    for (int i = 0; i < 2; i++) {
      Random random = new Random(seed * 100 + i);
      tasks.add(storm.submit(() -> comeAndGo(stream, negotiator, random)));
      tasks.add(storm.submit(() -> missAndChange(stream, random)));
    }
    for (Future<?> task : tasks) {
      task.get(120, TimeUnit.SECONDS);
    }
    long failures = stream.shardFailures();
    stream.close();
    negotiator.close();
    senders.close();
    timer.shutdownNow();
    storm.shutdownNow();

    assertEquals(List.of(), transport.complaints.stream().distinct().limit(5).toList());
    assertEquals(0, failures);
    assertEquals(0, transport.livePeers());
    assertEquals(0, pool.live());
    assertEquals(java.util.Set.of(), demand.wanted);
    for (Thread thread : senderThreads) {
      assertFalse(thread.isAlive());
    }
    pool.close();
    assertTrue(joined.get() > JOINED, "joined: " + joined);
    assertTrue(transport.pictures.get() > PICTURES, "pictures: " + transport.pictures);
    assertTrue(transport.changes.get() > CHANGES, "changes: " + transport.changes);
    assertTrue(transport.repeats.get() > REPEATS, "repeats: " + transport.repeats);
  }

  private boolean rages() {
    long lasted = System.nanoTime() - began;
    return lasted < STORM_NANOS || (lasted < LONGEST_NANOS && !isEnough());
  }

  private boolean isEnough() {
    return joined.get() > JOINED
        && transport.pictures.get() > PICTURES
        && transport.changes.get() > CHANGES
        && transport.repeats.get() > REPEATS;
  }

  private void pictures(FanOut stream, int rung, Random random) {
    for (int i = 0; rages(); i++) {
      boolean keyframe = random.nextInt(12) == 0;
      int size = random.nextInt(random.nextInt(40) == 0 ? 150_000 : 4_000);
      byte[] bytes = StormTransport.picture(keyframe, rung, i, size);
      AccessUnit.Kind kind = keyframe ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
      try (AccessUnit unit = Units.of(pool, Codec.VP8, kind, bytes, System.nanoTime())) {
        stream.deliver(RUNGS[rung], unit);
      }
      // Now and then a burst that no sender follows.
      if (random.nextInt(100) > 25) {
        LockSupport.parkNanos(2_000_000);
      }
    }
  }

  private void sound(FanOut stream) {
    while (rages()) {
      try (AccessUnit unit =
          Units.of(
              pool,
              Codec.OPUS,
              AccessUnit.Kind.KEYFRAME,
              Units.counting(90, 0),
              System.nanoTime())) {
        stream.audio().deliver(unit);
      }
      LockSupport.parkNanos(3_000_000);
    }
  }

  private void comeAndGo(FanOut stream, WhepNegotiator negotiator, Random random) {
    while (rages()) {
      if (peers.size() < 20 || random.nextBoolean()) {
        Viewer viewer =
            assertInstanceOf(
                    NegotiationResult.Answered.class,
                    negotiator.negotiate(Offers.plain(), stream).join())
                .viewer();
        StormTransport.StormPeer peer = transport.peerOf(viewer.tracks().get(0).spec().ssrc());
        peer.listener.stateChanged(PeerState.CONNECTED);
        peer.listener.trackOpened("1");
        peer.listener.trackOpened("0");
        peers.put(viewer, peer);
        joined.incrementAndGet();
      } else {
        List<Viewer> all = new ArrayList<>(peers.keySet());
        Viewer viewer = all.get(random.nextInt(all.size()));
        peers.remove(viewer);
        viewer.close();
      }
      LockSupport.parkNanos(random.nextInt(8_000_000));
    }
  }

  private void missAndChange(FanOut stream, Random random) {
    while (rages()) {
      for (var entry : peers.entrySet()) {
        StormTransport.StormTrack picture = entry.getValue().tracks.get(0);
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> {
            int sequence = picture.sequence(random.nextInt(200));
            if (sequence >= 0) {
              tell(
                  entry.getValue(),
                  ByteBuffer.allocate(16)
                      .putInt(0x81cd0003)
                      .putInt(1)
                      .putInt(picture.spec.ssrc())
                      .putInt(sequence << 16 | random.nextInt(16)));
            }
          }
          case 3 ->
              stream.steer(entry.getKey().tracks().get(0), RUNGS[random.nextInt(RUNGS.length)]);
          case 4 ->
              tell(
                  entry.getValue(),
                  ByteBuffer.allocate(12).putInt(0x81ce0002).putInt(1).putInt(picture.spec.ssrc()));
          default -> {
            // Left alone this time.
          }
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void tell(StormTransport.StormPeer peer, ByteBuffer packet) {
    peer.listener.rtcpReceived("0", packet.flip());
  }
}
