package org.framecast.viewer;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.framecast.config.ServerConfig;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.PeerTransportProvider;
import org.framecast.stream.transport.PeerTransportSettings;
import org.framecast.stream.transport.UdpPorts;
import org.framecast.stream.webrtc.NegotiatorRuntime;
import org.framecast.stream.webrtc.NegotiatorSettings;
import org.framecast.stream.webrtc.WhepNegotiator;

/**
 * The loaded WebRTC library and what negotiates over it.
 *
 * <p><b>Ownership:</b> whoever opens it closes it, after all streams.
 */
public final class PeerEdge implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);

  private final PeerTransport transport;
  private final WhepNegotiator negotiator;

  private PeerEdge(PeerTransport transport, WhepNegotiator negotiator) {
    this.transport = transport;
    this.negotiator = negotiator;
  }

  /**
   * Loads the library and binds the port.
   *
   * @param threads makes the transport's own threads
   * @param work runs what follows callbacks
   * @throws org.framecast.stream.media.MediaException when the library is missing or unfit
   */
  public static PeerEdge open(
      ServerConfig.WebRtc settings,
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
    return new PeerEdge(
        transport,
        WhepNegotiator.open(
            transport,
            limits,
            new NegotiatorRuntime(work, timer, clock, wallClock, new SecureRandom())));
  }

  WhepNegotiator negotiator() {
    return negotiator;
  }

  /** Peer connections that are open now. */
  public int livePeers() {
    return transport.livePeers();
  }

  /** Peer connections that were opened since the start. */
  public long peersOpened() {
    return negotiator.started();
  }

  @Override
  public void close() {
    try {
      negotiator.close();
    } finally {
      transport.close();
    }
  }
}
