package org.framecast.stream.webrtc;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.webrtc.sdp.OfferReader;
import org.framecast.stream.webrtc.sdp.OfferResult;

/**
 * Turns offers into publishers, as {@link WhepNegotiator} turns them into viewers.
 *
 * <p><b>Thread:</b> any. {@link #negotiate} calls the native library for about a millisecond: call
 * it from a thread that may.
 *
 * <p><b>Ownership:</b> {@link #close()} ends all negotiations and closes all publishers; transport
 * and runtime stay the caller's.
 */
public final class WhipNegotiator implements AutoCloseable {
  private final NegotiationDesk<PublisherGuest, WhipResult> desk;
  private final WhipSettings settings;

  private WhipNegotiator(NegotiationDesk<PublisherGuest, WhipResult> desk, WhipSettings settings) {
    this.desk = desk;
    this.settings = settings;
  }

  public static WhipNegotiator open(
      PeerTransport transport, WhipSettings settings, NegotiatorRuntime runtime) {
    return new WhipNegotiator(
        new NegotiationDesk<>(transport, settings.limits(), runtime), settings);
  }

  /**
   * Answers a publisher's offer.
   *
   * <p>As {@link WhepNegotiator#negotiate(String, FanOut)} for when the future completes.
   *
   * @param name of the stream, for its threads
   * @param offer the publisher's text, at most 64 KiB
   * @param decodable what can be taken
   */
  public CompletableFuture<WhipResult> negotiate(
      String name, String offer, Set<Codec> decodable, PublishHost host) {
    return switch (OfferReader.readPublisher(offer, decodable)) {
      case OfferResult.Malformed malformed ->
          refused(new NegotiationResult.Malformed(malformed.reason()));
      case OfferResult.Unusable unusable ->
          refused(new NegotiationResult.Unusable(unusable.reason()));
      case OfferResult.Usable usable ->
          desk.begin(
              new PublisherNegotiation(name, usable.offer(), host, settings, desk.runtime()));
    };
  }

  private static CompletableFuture<WhipResult> refused(NegotiationResult.NoAnswer why) {
    return CompletableFuture.completedFuture(new WhipResult.Refused(why));
  }

  /** Offers that a peer was opened for since the start. */
  public long started() {
    return desk.started();
  }

  /**
   * When this returns, no peer of a publisher or negotiation is open. Idempotent. Waits for what
   * others negotiate at this moment; not to be called within that.
   *
   * @throws IllegalStateException when that takes too long
   */
  @Override
  public void close() {
    desk.close();
  }
}
