package org.framecast.stream.webrtc;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.OfferReader;
import org.framecast.stream.webrtc.sdp.OfferResult;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * Turns offers into viewers.
 *
 * <p>The offer is parsed and rebuilt before the library sees it. Candidates are awaited by
 * callbacks: no thread waits, however long it takes.
 *
 * <p><b>Thread:</b> any. {@link #negotiate} calls the native library for about a millisecond: call
 * it from a thread that may.
 *
 * <p><b>Ownership:</b> {@link #close()} ends all negotiations and closes all viewers; transport and
 * runtime stay the caller's.
 */
public final class WhepNegotiator implements AutoCloseable {
  private final NegotiationDesk<ViewerGuest, NegotiationResult> desk;

  private WhepNegotiator(NegotiationDesk<ViewerGuest, NegotiationResult> desk) {
    this.desk = desk;
  }

  public static WhepNegotiator open(
      PeerTransport transport, NegotiatorSettings settings, NegotiatorRuntime runtime) {
    return new WhepNegotiator(new NegotiationDesk<>(transport, settings, runtime));
  }

  /**
   * Answers a viewer's offer.
   *
   * <p>The future always completes, within {@link NegotiatorSettings#answerLimit()}: before this
   * returns where all candidates are known at once, else on a work thread. No refusal is an
   * exception. Cancelling it closes the peer.
   *
   * @param offer the viewer's text, at most 64 KiB
   */
  public CompletableFuture<NegotiationResult> negotiate(String offer, FanOut stream) {
    return read(
        offer,
        stream.offerable(),
        usable -> desk.begin(new ViewerNegotiation(usable, stream, desk.runtime())));
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

  /** Offers that a peer was opened for since the start. */
  public long started() {
    return desk.started();
  }

  /** Negotiations that have no answer yet. */
  public int pending() {
    return desk.pending();
  }

  /**
   * When this returns, no peer of a viewer or negotiation is open. Idempotent. Waits for what
   * others negotiate at this moment; not to be called within that.
   *
   * @throws IllegalStateException when that takes too long
   */
  @Override
  public void close() {
    desk.close();
  }
}
