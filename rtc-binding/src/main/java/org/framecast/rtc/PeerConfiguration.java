package org.framecast.rtc;

import java.util.List;
import java.util.Optional;
import org.framecast.rtc.internal.ConfigurationLayout;

/**
 * How a peer connection talks to the network. Begin with {@link #standard} and change what differs.
 *
 * <p><b>Units</b>: sizes in bytes; 0 means the library's default (an MTU of 1,280).
 *
 * @param iceServers {@code stun:host:port} or {@code turn:user:password@host:port}
 * @param bindAddress the local address to listen on; empty means all
 */
public record PeerConfiguration(
    List<String> iceServers,
    Optional<String> bindAddress,
    PortRange ports,
    UdpPort udpPort,
    Negotiation negotiation,
    CandidatePolicy candidates,
    int mtuBytes,
    int maxMessageBytes) {
  private static final int MIN_MTU_BYTES = 576;

  public PeerConfiguration {
    iceServers = List.copyOf(iceServers);
    if (mtuBytes != 0 && mtuBytes < MIN_MTU_BYTES) {
      throw new IllegalArgumentException("an MTU is at least 576 bytes: " + mtuBytes);
    }
    if (maxMessageBytes < 0) {
      throw new IllegalArgumentException("a negative message size: " + maxMessageBytes);
    }
  }

  /** All addresses, any port of its own, host candidates only, negotiation by the caller. */
  public static PeerConfiguration standard() {
    return new PeerConfiguration(
        List.of(),
        Optional.empty(),
        PortRange.any(),
        UdpPort.OWN,
        Negotiation.MANUAL,
        CandidatePolicy.ALL,
        0,
        0);
  }

  public PeerConfiguration withIceServers(List<String> servers) {
    return new PeerConfiguration(
        servers, bindAddress, ports, udpPort, negotiation, candidates, mtuBytes, maxMessageBytes);
  }

  public PeerConfiguration withBindAddress(String address) {
    return new PeerConfiguration(
        iceServers,
        Optional.of(address),
        ports,
        udpPort,
        negotiation,
        candidates,
        mtuBytes,
        maxMessageBytes);
  }

  /** One port for all peers that are configured with it and with the same address. */
  public PeerConfiguration withSharedPort(int port) {
    return new PeerConfiguration(
        iceServers,
        bindAddress,
        PortRange.single(port),
        UdpPort.SHARED,
        negotiation,
        candidates,
        mtuBytes,
        maxMessageBytes);
  }

  public PeerConfiguration withPorts(PortRange range) {
    return new PeerConfiguration(
        iceServers,
        bindAddress,
        range,
        UdpPort.OWN,
        negotiation,
        candidates,
        mtuBytes,
        maxMessageBytes);
  }

  public PeerConfiguration withNegotiation(Negotiation who) {
    return new PeerConfiguration(
        iceServers, bindAddress, ports, udpPort, who, candidates, mtuBytes, maxMessageBytes);
  }

  public PeerConfiguration withCandidates(CandidatePolicy policy) {
    return new PeerConfiguration(
        iceServers, bindAddress, ports, udpPort, negotiation, policy, mtuBytes, maxMessageBytes);
  }

  public PeerConfiguration withMtuBytes(int mtu) {
    return new PeerConfiguration(
        iceServers, bindAddress, ports, udpPort, negotiation, candidates, mtu, maxMessageBytes);
  }

  ConfigurationLayout.Values values() {
    return new ConfigurationLayout.Values(
        iceServers,
        bindAddress,
        candidates.ordinal(),
        udpPort == UdpPort.SHARED,
        negotiation == Negotiation.MANUAL,
        ports.first(),
        ports.last(),
        mtuBytes,
        maxMessageBytes);
  }
}
