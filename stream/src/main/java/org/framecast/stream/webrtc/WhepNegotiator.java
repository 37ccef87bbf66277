package org.framecast.stream.webrtc;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.OfferReader;
import org.framecast.stream.webrtc.sdp.OfferResult;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * Turns offers into viewers.
 *
 * <p>The offer is parsed and rebuilt before the library sees it. The answer is awaited by
 * callbacks: no thread waits, however long it takes.
 *
 * <p><b>Thread:</b> any. {@link #negotiate} calls the native library for about a millisecond: call
 * it from a thread that may.
 *
 * <p><b>Ownership:</b> {@link #close()} ends all negotiations and closes all viewers; transport and
 * runtime stay the caller's.
 */
public final class WhepNegotiator implements AutoCloseable {
  private final PeerTransport transport;
  private final NegotiatorSettings settings;
  private final NegotiatorRuntime runtime;
  private final Set<Negotiation> pending = ConcurrentHashMap.newKeySet();
  private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final AtomicLong started = new AtomicLong();
  private final Future<?> sweep;
  private volatile boolean closed;

  private WhepNegotiator(
      PeerTransport transport, NegotiatorSettings settings, NegotiatorRuntime runtime) {
    this.transport = transport;
    this.settings = settings;
    this.runtime = runtime;
    long interval = settings.sweepInterval().toNanos();
    sweep =
        runtime
            .timer()
            .scheduleWithFixedDelay(this::sweepLater, interval, interval, TimeUnit.NANOSECONDS);
  }

  public static WhepNegotiator open(
      PeerTransport transport, NegotiatorSettings settings, NegotiatorRuntime runtime) {
    return new WhepNegotiator(transport, settings, runtime);
  }

  /**
   * Answers a viewer's offer.
   *
   * <p>The future always completes, within {@link NegotiatorSettings#answerLimit()}, on a work
   * thread; no refusal is an exception. Cancelling it closes the peer.
   *
   * @param offer the viewer's text, at most 64 KiB
   */
  public CompletableFuture<NegotiationResult> negotiate(String offer, FanOut stream) {
    return read(offer, stream.offerable(), usable -> begin(usable, stream));
  }

  /**
   * Answers a viewer's offer, as {@link #negotiate(String, FanOut)} does.
   *
   * @param formats what the stream sends
   * @param stream gives the stream, and may start it for that; asked only for an offer that can be
   *     answered, on the calling thread
   */
  public CompletableFuture<NegotiationResult> negotiate(
      String offer, StreamFormats formats, Supplier<FanOut> stream) {
    // What the stream has room for is known only once it runs, so the offer is read again then.
    return read(offer, formats, usable -> negotiate(offer, stream.get()));
  }

  private static CompletableFuture<NegotiationResult> read(
      String offer,
      StreamFormats formats,
      Function<Offer, CompletableFuture<NegotiationResult>> next) {
    return switch (OfferReader.read(offer, formats)) {
      case OfferResult.Malformed malformed ->
          CompletableFuture.completedFuture(new NegotiationResult.Malformed(malformed.reason()));
      case OfferResult.Unusable unusable ->
          CompletableFuture.completedFuture(new NegotiationResult.Unusable(unusable.reason()));
      case OfferResult.Usable usable -> next.apply(usable.offer());
    };
  }

  private CompletableFuture<NegotiationResult> begin(Offer offer, FanOut stream) {
    if (closed) {
      return CompletableFuture.completedFuture(new NegotiationResult.StreamEnded());
    }
    started.incrementAndGet();
    Negotiation negotiation = new Negotiation(offer, stream, runtime);
    pending.add(negotiation);
    CompletableFuture<NegotiationResult> result = negotiation.result();
    result.whenComplete(
        (outcome, failure) -> {
          if (outcome instanceof NegotiationResult.Answered answered) {
            watch(answered.viewer());
          }
          pending.remove(negotiation);
        });
    negotiation.start(transport, settings.answerLimit());
    if (closed) {
      negotiation.end(new NegotiationResult.StreamEnded());
    }
    return result;
  }

  private void watch(Viewer viewer) {
    viewers.add(viewer);
    viewer.left().thenRun(() -> viewers.remove(viewer));
    if (closed) {
      viewer.close(LeaveReason.STREAM_ENDED);
    }
  }

  /** Offers that a peer was opened for since the start. */
  public long started() {
    return started.get();
  }

  /** Negotiations that have no answer yet. */
  public int pending() {
    return pending.size();
  }

  private void sweepLater() {
    if (sweeping.compareAndSet(false, true)) {
      Work.run(runtime.work(), this::sweep);
    }
  }

  /** One viewer's failure ends neither the sweep nor those to come. */
  private void sweep() {
    long now = runtime.clock().nanos();
    try {
      Closing.each(viewers, viewer -> viewer.check(settings, now));
    } finally {
      sweeping.set(false);
    }
  }

  /** When this returns, no peer of a viewer or negotiation is open. Idempotent. */
  @Override
  public void close() {
    closed = true;
    sweep.cancel(false);
    Closing.each(
        List.<Runnable>of(
            () -> Closing.each(pending, one -> one.end(new NegotiationResult.StreamEnded())),
            () -> Closing.each(viewers, viewer -> viewer.close(LeaveReason.STREAM_ENDED))),
        Runnable::run);
  }
}
