package org.framecast.stream.webrtc;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.transport.PeerTransport;

/**
 * Starts negotiations, and holds their guests to the limits.
 *
 * <p><b>Thread:</b> any; {@link #close()} not within what a negotiation calls.
 *
 * <p><b>Ownership:</b> {@link #close()} ends all negotiations and closes all guests.
 *
 * @param <G> the guests
 * @param <R> what comes of a negotiation
 */
final class NegotiationDesk<G extends Guest, R> implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final PeerTransport transport;
  private final NegotiatorSettings settings;
  private final NegotiatorRuntime runtime;
  private final Set<Negotiation<G, R>> unfinished = ConcurrentHashMap.newKeySet();
  private final Set<G> guests = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final AtomicLong started = new AtomicLong();
  private final Future<?> sweep;
  private volatile boolean closed;

  NegotiationDesk(PeerTransport transport, NegotiatorSettings settings, NegotiatorRuntime runtime) {
    this.transport = transport;
    this.settings = settings;
    this.runtime = runtime;
    long interval = settings.sweepInterval().toNanos();
    sweep =
        runtime
            .timer()
            .scheduleWithFixedDelay(this::sweepLater, interval, interval, TimeUnit.NANOSECONDS);
  }

  NegotiatorRuntime runtime() {
    return runtime;
  }

  CompletableFuture<R> begin(Negotiation<G, R> negotiation) {
    unfinished.add(negotiation);
    negotiation.finished().thenRun(() -> unfinished.remove(negotiation));
    // After that, so that whoever closes at this moment finds it, or is found.
    if (closed) {
      negotiation.end(new NegotiationResult.StreamEnded());
    } else {
      started.incrementAndGet();
    }
    negotiation.start(transport, settings.answerLimit(), this::watch);
    return negotiation.result();
  }

  private void watch(G guest) {
    guests.add(guest);
    guest.left().thenRun(() -> guests.remove(guest));
    if (closed) {
      guest.close(LeaveReason.STREAM_ENDED);
    }
  }

  /** Offers that a peer was opened for since the start. */
  long started() {
    return started.get();
  }

  /** Negotiations that have no answer yet. */
  int pending() {
    return (int) unfinished.stream().filter(one -> !one.result().isDone()).count();
  }

  private void sweepLater() {
    if (sweeping.compareAndSet(false, true)) {
      Work.run(runtime.work(), this::sweep);
    }
  }

  /** One guest's failure ends neither the sweep nor those to come. */
  private void sweep() {
    long now = runtime.clock().nanos();
    try {
      Closing.each(guests, guest -> guest.check(settings, now));
    } finally {
      sweeping.set(false);
    }
  }

  /**
   * When this returns, no peer of a guest or negotiation is open. Idempotent. Waits for what others
   * are deciding at this moment.
   *
   * @throws IllegalStateException when that takes too long
   */
  @Override
  public void close() {
    closed = true;
    sweep.cancel(false);
    Closing.each(
        List.<Runnable>of(
            () -> Closing.each(unfinished, one -> one.end(new NegotiationResult.StreamEnded())),
            this::awaitDecisions,
            () -> Closing.each(guests, guest -> guest.close(LeaveReason.STREAM_ENDED))),
        Runnable::run);
  }

  /** A guest who comes too late for this closes itself. */
  private void awaitDecisions() {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            unfinished.stream().map(Negotiation::finished).toArray(CompletableFuture<?>[]::new));
    try {
      all.get(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a negotiation did not end in time", e);
    }
  }
}
