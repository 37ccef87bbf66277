package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What a peer that passed the handshake may still try. */
class HostileTest extends WithLibrary {
  @Test
  void aBrokenSourceDescriptionDoesNotStopTheNetworkThread() {
    RecordingTrack received = new RecordingTrack();
    try (PeerConnection sender =
            PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
        PeerConnection receiver =
            PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
        Arena arena = Arena.ofConfined()) {
      Track first =
          sender.addTrack(
              Loopback.video("0", "sendrecv", 0x0A), TrackOptions.raw(), new RecordingTrack());
      sender.addTrack(
          Loopback.video("1", "sendrecv", 0x0C), TrackOptions.raw(), new RecordingTrack());
      receiver.addTrack(Loopback.video("0", "sendrecv", 0x0B), TrackOptions.raw(), received);
      receiver.addTrack(
          Loopback.video("1", "sendrecv", 0x0D), TrackOptions.raw(), new RecordingTrack());
      Loopback.connect(sender, receiver);

      MemorySegment broken = Packets.brokenSourceDescription(arena);
      first.send(broken, 0, (int) broken.byteSize());
      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 1, 0x0A, 100);
      first.send(packet, 0, (int) packet.byteSize());

      eventually("the next packet", () -> !received.rtp.isEmpty());
    }
  }
}
