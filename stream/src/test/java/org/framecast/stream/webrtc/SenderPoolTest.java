package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.rtp.Units;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SenderPoolTest {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(5 * SECOND_NANOS);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final FakeTransport transport = new FakeTransport();

  @Test
  void aThreadThatCannotBeHadLeavesNoneRunning() throws Exception {
    List<Thread> made = new ArrayList<>();
    assertThrows(
        IllegalStateException.class,
        () ->
            SenderPool.open(
                3,
                task -> {
                  if (made.size() == 2) {
                    throw new IllegalStateException("no more threads");
                  }
                  made.add(new Thread(task));
                  return made.getLast();
                }));
    assertEquals(2, made.size());
    for (Thread thread : made) {
      assertTrue(thread.join(Duration.ofSeconds(5)), thread.getName() + " goes on");
    }
  }

  /** Its viewer's track fails, and so does its encoder when it is asked for a keyframe then. */
  @Test
  void aStreamThatFailsTwiceDoesNotStopTheOthers() throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (BufferPool pool = BufferPool.open("senders", 16 << 20);
        SenderPool senders = senders();
        FanOut failing = stream(new WithoutKeyframes(), senders);
        FanOut other = stream(RenditionDemand.none(), senders);
        WhepNegotiator negotiator = negotiator(timer)) {
      FakeTransport.FakeTrack track = watch(negotiator, failing, pool);
      watch(negotiator, other, pool);
      CountDownLatch sending = new CountDownLatch(1);
      CountDownLatch delivered = new CountDownLatch(1);
      track.onSend = () -> failAfter(sending, delivered);
      nanos.addAndGet(SECOND_NANOS);
      deliver(failing, pool, AccessUnit.Kind.DELTA);
      assertTrue(sending.await(5, TimeUnit.SECONDS));
      deliver(failing, pool, AccessUnit.Kind.DELTA);
      delivered.countDown();
      await(() -> !failures.isEmpty());
      long sent = other.stats().packets();
      deliver(other, pool, AccessUnit.Kind.DELTA);
      await(() -> other.stats().packets() > sent);
      assertEquals(1, failing.shardFailures());
      assertEquals(1, failures.getFirst().getSuppressed().length, "the encoder's is kept");
    } finally {
      timer.shutdownNow();
    }
    assertEquals(0, transport.livePeers());
  }

  /** A class that is missing, memory that cannot be had, a fault in the virtual machine. */
  @Test
  void anErrorEndsItsStreamAndNeitherTheOthersNorTheThread() throws Exception {
    for (Error error :
        List.of(
            new NoClassDefFoundError("on purpose"),
            new OutOfMemoryError("on purpose"),
            new InternalError("on purpose"))) {
      failures.clear();
      ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
      try (BufferPool pool = BufferPool.open("senders", 16 << 20);
          SenderPool senders = senders();
          FanOut failing = stream(RenditionDemand.none(), senders);
          FanOut other = stream(RenditionDemand.none(), senders);
          WhepNegotiator negotiator = negotiator(timer)) {
        FakeTransport.FakeTrack track = watch(negotiator, failing, pool);
        watch(negotiator, other, pool);
        track.onSend =
            () -> {
              throw error;
            };
        deliver(failing, pool, AccessUnit.Kind.DELTA);
        await(() -> !failures.isEmpty() && failing.viewers().isEmpty());
        assertTrue(failing.isClosed());
        assertInstanceOf(
            NegotiationResult.StreamEnded.class,
            negotiator.negotiate(Offers.plain(), failing).join());
        deliver(failing, pool, AccessUnit.Kind.KEYFRAME);
        long sent = other.stats().packets();
        deliver(other, pool, AccessUnit.Kind.DELTA);
        await(() -> other.stats().packets() > sent);
        assertEquals(List.of(error), failures);
        assertEquals(1, other.viewers().size());
      } finally {
        timer.shutdownNow();
      }
      assertEquals(0, transport.livePeers());
    }
  }

  private static final class WithoutKeyframes implements RenditionDemand {
    @Override
    public void wanted(Rendition rendition) {}

    @Override
    public void unwanted(Rendition rendition) {}

    @Override
    public void keyframeWanted(Rendition rendition) {
      throw new IllegalStateException("no keyframe");
    }

    @Override
    public void bitrate(Rendition rendition, int bitrateBps) {}
  }

  private static void failAfter(CountDownLatch sending, CountDownLatch delivered) {
    sending.countDown();
    try {
      delivered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("the track fails");
  }

  private SenderPool senders() {
    return SenderPool.open(
        1,
        task -> {
          Thread thread = new Thread(task);
          thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
          return thread;
        });
  }

  private WhepNegotiator negotiator(ScheduledExecutorService timer) {
    return WhepNegotiator.open(
        transport,
        NegotiatorSettings.defaults(),
        new NegotiatorRuntime(
            Runnable::run, timer, nanos::get, () -> Instant.EPOCH, new SecureRandom()));
  }

  private FanOut stream(RenditionDemand demand, SenderPool senders) {
    return FanOut.open(
        FanOutSettings.of(Offers.VP8_AND_OPUS),
        demand,
        ViewerListener.none(),
        nanos::get,
        () -> Instant.EPOCH,
        senders);
  }

  /** A viewer whose picture flows. */
  private FakeTransport.FakeTrack watch(WhepNegotiator negotiator, FanOut stream, BufferPool pool) {
    deliver(stream, pool, AccessUnit.Kind.KEYFRAME);
    assertInstanceOf(
        NegotiationResult.Answered.class, negotiator.negotiate(Offers.plain(), stream).join());
    FakeTransport.FakePeer peer = transport.peers.getLast();
    peer.listener.stateChanged(PeerState.CONNECTED);
    peer.listener.trackOpened("0");
    await(() -> stream.stats().packets() > 0);
    return peer.tracks.getFirst();
  }

  private static void deliver(FanOut stream, BufferPool pool, AccessUnit.Kind kind) {
    try (AccessUnit unit = Units.of(pool, Codec.VP8, kind, Units.counting(300, 0), 0)) {
      stream.deliver(Rendition.best(Codec.VP8), unit);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 5 * SECOND_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "too late");
      LockSupport.parkNanos(1_000_000L);
    }
  }
}
