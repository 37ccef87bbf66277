package org.framecast.stream.transport.datachannel;

import java.util.concurrent.ThreadFactory;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PortRange;
import org.framecast.rtc.RtcException;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.framecast.rtc.TrackOptions;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerListener;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.PeerTransportSettings;
import org.framecast.stream.transport.UdpPorts;

/**
 * Peer connections of libdatachannel.
 *
 * <p><b>Thread:</b> any.
 */
final class DataChannelTransport implements PeerTransport {
  private final RtcLibrary library;
  private final PeerConfiguration configuration;
  private final TrackOptions trackOptions;

  private DataChannelTransport(RtcLibrary library, PeerTransportSettings settings) {
    this.library = library;
    configuration = configuration(settings);
    trackOptions = TrackOptions.raw().withNackHistory(settings.nackHistoryPackets());
  }

  static DataChannelTransport open(PeerTransportSettings settings, ThreadFactory threads) {
    RtcOptions options = RtcOptions.of(threads).withCloseDeadline(settings.closeDeadline());
    if (settings.library().isPresent()) {
      options = options.withLibrary(settings.library().get());
    }
    try {
      return new DataChannelTransport(RtcLibrary.open(options), settings);
    } catch (RtcException e) {
      throw Failures.of(e);
    }
  }

  private static PeerConfiguration configuration(PeerTransportSettings settings) {
    PeerConfiguration standard = PeerConfiguration.standard().withIceServers(settings.iceServers());
    if (settings.bindAddress().isPresent()) {
      standard = standard.withBindAddress(settings.bindAddress().get());
    }
    return switch (settings.ports()) {
      case UdpPorts.Single single -> standard.withSharedPort(single.port());
      case UdpPorts.Range range -> standard.withPorts(new PortRange(range.first(), range.last()));
      case UdpPorts.Ephemeral ephemeral -> standard;
    };
  }

  /** For the peer on the other side, in tests: a process has one library. */
  RtcLibrary library() {
    return library;
  }

  @Override
  public Peer openPeer(PeerListener listener) {
    try {
      return DataChannelPeer.open(library, configuration, trackOptions, listener);
    } catch (RtcException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public int livePeers() {
    return library.livePeers();
  }

  @Override
  public void close() {
    try {
      library.close();
    } catch (RtcException e) {
      throw Failures.of(e);
    }
  }
}
