package org.framecast.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values of the public interface that check themselves: options, ports, packets. */
class ValuesTest {
  @Test
  void impossibleValuesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PortRange(10, 9));
    assertThrows(IllegalArgumentException.class, () -> new PortRange(0, 70_000));
    assertThrows(IllegalArgumentException.class, () -> new PortRange(1_000, 65_535));
    assertThrows(
        IllegalArgumentException.class, () -> PeerConfiguration.standard().withMtuBytes(100));
    assertThrows(IllegalArgumentException.class, () -> TrackOptions.raw().withNackHistory(-1));
    assertThrows(IllegalArgumentException.class, () -> SessionDescription.offer(" "));
    assertThrows(IllegalArgumentException.class, () -> new IceCandidate("", "0"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RtcOptions(Thread::new, Optional.empty(), 0, Duration.ZERO));
  }

  @Test
  void rtcpIsToldFromRtp() {
    try (Arena arena = Arena.ofConfined()) {
      assertTrue(RtcpPackets.isRtcp(Packets.nack(arena, 1, 1)));
      assertFalse(RtcpPackets.isRtcp(Packets.rtp(arena, 96, 1, 1, 10)));
      assertFalse(RtcpPackets.isRtcp(Packets.rtp(arena, 0x80 | 96, 1, 1, 10)), "with a marker");
      assertFalse(RtcpPackets.isRtcp(arena.allocate(1)));
    }
  }

  @Test
  void aSharedPortIsOnePort() {
    PeerConfiguration shared = PeerConfiguration.standard().withSharedPort(3_478);
    assertEquals(UdpPort.SHARED, shared.udpPort());
    assertEquals(PortRange.single(3_478), shared.ports());
    assertEquals(UdpPort.OWN, shared.withPorts(PortRange.any()).udpPort());
  }
}
