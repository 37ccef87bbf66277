package org.framecast.viewer;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.framecast.config.ServerConfig;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.Codec;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.PeerTransportProvider;
import org.framecast.stream.transport.PeerTransportSettings;
import org.framecast.stream.transport.UdpPorts;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.NegotiatorRuntime;
import org.framecast.stream.webrtc.NegotiatorSettings;
import org.framecast.stream.webrtc.PublishHost;
import org.framecast.stream.webrtc.WhepNegotiator;
import org.framecast.stream.webrtc.WhipNegotiator;
import org.framecast.stream.webrtc.WhipResult;
import org.framecast.stream.webrtc.WhipSettings;
import org.framecast.stream.webrtc.ingest.IngestSettings;
import org.framecast.stream.webrtc.ingest.ReorderLimits;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * The loaded WebRTC library and what negotiates over it.
 *
 * <p><b>Ownership:</b> whoever opens it closes it, after all streams.
 */
public final class PeerEdge implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);

  private final PeerTransport transport;
  private final WhepNegotiator negotiator;
  private final WhipNegotiator whip;

  private PeerEdge(PeerTransport transport, WhepNegotiator negotiator, WhipNegotiator whip) {
    this.transport = transport;
    this.negotiator = negotiator;
    this.whip = whip;
  }

  /**
   * Loads the library and binds the port.
   *
   * @param threads makes the transport's own threads, and one for each publisher
   * @param work runs what follows callbacks
   * @throws org.framecast.stream.media.MediaException when the library is missing or unfit
   */
  public static PeerEdge open(
      ServerConfig.WebRtc settings,
      ServerConfig.Whip publishers,
      ThreadFactory threads,
      Executor work,
      ScheduledExecutorService timer,
      MediaClock clock,
      WallClock wallClock) {
    PeerTransport transport =
        PeerTransportProvider.installed()
            .open(
                new PeerTransportSettings(
                    settings.library(),
                    settings.bindAddress(),
                    new UdpPorts.Single(settings.udpPort()),
                    settings.iceServers(),
                    PeerTransportSettings.DEFAULT_NACK_HISTORY_PACKETS,
                    CLOSE_LIMIT),
                threads);
    NegotiatorSettings defaults = NegotiatorSettings.defaults();
    NegotiatorSettings limits =
        new NegotiatorSettings(
            settings.negotiationLimit(),
            settings.handshakeLimit(),
            defaults.interruptionLimit(),
            defaults.videoSilence(),
            defaults.audioSilence(),
            defaults.sweepInterval());
    NegotiatorRuntime runtime =
        new NegotiatorRuntime(work, timer, clock, wallClock, new SecureRandom());
    return new PeerEdge(
        transport,
        WhepNegotiator.open(transport, limits, runtime),
        WhipNegotiator.open(transport, whip(settings, publishers, threads), runtime));
  }

  private static WhipSettings whip(
      ServerConfig.WebRtc settings, ServerConfig.Whip publishers, ThreadFactory threads) {
    NegotiatorSettings defaults = NegotiatorSettings.defaults();
    return new WhipSettings(
        new NegotiatorSettings(
            settings.negotiationLimit(),
            settings.handshakeLimit(),
            publishers.silence(),
            publishers.silence(),
            publishers.silence(),
            defaults.sweepInterval()),
        IngestSettings.defaults()
            .with(
                publishers.maxBitrateBps(),
                ReorderLimits.defaults()
                    .within(publishers.reorderPackets(), publishers.reorderPatience())),
        threads);
  }

  /** Answers a viewer's offer; whatever fails at the start fails the stage. */
  CompletionStage<NegotiationResult> view(
      String offer, StreamFormats formats, Supplier<FanOut> stream) {
    return begun(() -> negotiator.negotiate(offer, formats, stream));
  }

  /** Answers a publisher's offer; whatever fails at the start fails the stage. */
  public CompletionStage<WhipResult> publish(
      String stream, String offer, Set<Codec> decodable, PublishHost host) {
    return begun(() -> whip.negotiate(stream, offer, decodable, host));
  }

  private static <R> CompletionStage<R> begun(Supplier<CompletableFuture<R>> negotiation) {
    try {
      return negotiation.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Peer connections that are open now. */
  public int livePeers() {
    return transport.livePeers();
  }

  /** Peer connections that were opened since the start. */
  public long peersOpened() {
    return negotiator.started() + whip.started();
  }

  @Override
  public void close() {
    Closing.closeAll(List.<AutoCloseable>of(whip, negotiator, transport));
  }
}
