package org.framecast.stream.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How peer connections reach the network.
 *
 * @param library the native library, or empty to search for it
 * @param bindAddress an address of this machine, or empty for all of them
 * @param iceServers STUN and TURN servers, as {@code stun:host:port} or {@code
 *     turn:user:password@host:port}
 * @param nackHistoryPackets how many packets of each track the library keeps, copied, to send them
 *     again by itself; with 0 the listener hears what is missing
 * @param closeDeadline how long closing waits for the library's threads
 */
public record PeerTransportSettings(
    Optional<Path> library,
    Optional<String> bindAddress,
    UdpPorts ports,
    List<String> iceServers,
    int nackHistoryPackets,
    Duration closeDeadline) {
  /** None: the fan-out answers from one history for all viewers. */
  public static final int DEFAULT_NACK_HISTORY_PACKETS = 0;

  /** A little less than the library's own. */
  public static final Duration DEFAULT_CLOSE_DEADLINE = Duration.ofSeconds(9);

  public PeerTransportSettings {
    iceServers = List.copyOf(iceServers);
    if (nackHistoryPackets < 0 || nackHistoryPackets > 4_096) {
      throw new IllegalArgumentException(nackHistoryPackets + " packets of history");
    }
  }

  /** All addresses, no ICE server, the library found by itself. */
  public static PeerTransportSettings of(UdpPorts ports) {
    return new PeerTransportSettings(
        Optional.empty(),
        Optional.empty(),
        ports,
        List.of(),
        DEFAULT_NACK_HISTORY_PACKETS,
        DEFAULT_CLOSE_DEADLINE);
  }
}
