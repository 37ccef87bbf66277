package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerConnectionTest extends WithLibrary {
  private static final int PACKETS = 50;

  private final RecordingPeer offererEvents = new RecordingPeer();
  private final RecordingPeer answererEvents = new RecordingPeer();
  private final RecordingTrack offererTrack = new RecordingTrack();
  private final RecordingTrack answererTrack = new RecordingTrack();

  @Test
  void rtpPassesBothWays() {
    try (PeerConnection offerer = offerer(Loopback.configuration());
        PeerConnection answerer = answerer(Loopback.configuration())) {
      Loopback.connect(offerer, answerer);

      send(offerer, 0x0A);
      send(answerer, 0x0B);

      eventually("all packets", () -> answererTrack.rtp.size() == PACKETS);
      eventually("all packets", () -> offererTrack.rtp.size() == PACKETS);
      assertEquals(0x0A, Packets.ssrc(MemorySegment.ofArray(answererTrack.rtp.element())));
      assertEquals(0x0B, Packets.ssrc(MemorySegment.ofArray(offererTrack.rtp.element())));
      List<Integer> sequences =
          answererTrack.rtp.stream()
              .map(it -> Packets.sequence(MemorySegment.ofArray(it)))
              .toList();
      assertEquals(java.util.stream.IntStream.range(0, PACKETS).boxed().toList(), sequences);
    }
  }

  @Test
  void everyStateIsTold() {
    try (PeerConnection offerer = offerer(Loopback.configuration());
        PeerConnection answerer = answerer(Loopback.configuration())) {
      Loopback.connect(offerer, answerer);
      eventually("selected candidates", () -> answerer.selectedCandidatePair().isPresent());

      assertTrue(answerer.remoteAddress().orElseThrow().startsWith("127.0.0.1:"));
      assertTrue(answerer.localAddress().orElseThrow().startsWith("127.0.0.1:"));
      assertTrue(answerer.selectedCandidatePair().orElseThrow().local().contains("candidate:"));
      assertEquals(SdpType.ANSWER, answerer.localDescription().orElseThrow().type());
      assertEquals(SdpType.OFFER, answerer.remoteDescription().orElseThrow().type());
      assertEquals(1, answererTrack.opened.get());
    }
    assertEquals(
        List.of(PeerState.CONNECTING, PeerState.CONNECTED, PeerState.CLOSED),
        List.copyOf(answererEvents.states));
    assertTrue(answererEvents.iceStates.contains(IceState.CONNECTED));
    assertEquals(
        List.of(GatheringState.IN_PROGRESS, GatheringState.COMPLETE),
        List.copyOf(answererEvents.gatheringStates));
    assertEquals(
        List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.STABLE),
        List.copyOf(answererEvents.signalingStates));
    assertEquals(1, answererTrack.closed.get());
  }

  @Test
  void theLocalDescriptionIsToldWithoutCandidatesAndHoldsThemAllWhenGathered() {
    try (PeerConnection offerer = offerer(Loopback.configuration())) {
      offerer.setLocalDescription(SdpType.OFFER);
      String gathered = Loopback.gathered(offerer);

      assertTrue(gathered.contains("a=candidate:"), gathered);
      assertTrue(gathered.contains("a=end-of-candidates"), gathered);
      SessionDescription told = offererEvents.descriptions.element();
      assertEquals(SdpType.OFFER, told.type());
      assertFalse(told.sdp().contains("a=candidate:"), told.sdp());
      assertEquals(1, offererEvents.candidates.size());
      assertTrue(gathered.lines().count() > 5 && gathered.contains("\r\n"));
    }
  }

  @Test
  void peersShareOnePort() {
    int port = Loopback.freePort();
    PeerConfiguration shared = Loopback.configuration().withSharedPort(port);
    try (PeerConnection first = offerer(Loopback.configuration());
        PeerConnection second = offerer(Loopback.configuration());
        PeerConnection firstServed = answerer(shared);
        PeerConnection secondServed = answerer(shared)) {
      Loopback.connect(first, firstServed);
      Loopback.connect(second, secondServed);

      assertEquals("127.0.0.1:" + port, first.remoteAddress().orElseThrow());
      assertEquals("127.0.0.1:" + port, second.remoteAddress().orElseThrow());
      send(firstServed, 0x0B);
      send(secondServed, 0x0B);
      eventually("packets from both", () -> offererTrack.rtp.size() == 2 * PACKETS);
    }
  }

  @Test
  void peersOfTheSameTimeHaveOneCertificate() {
    try (PeerConnection first = offerer(Loopback.configuration())) {
      String certificate = fingerprint(first);
      try (PeerConnection second = offerer(Loopback.configuration());
          PeerConnection third = offerer(Loopback.configuration())) {
        assertEquals(certificate, fingerprint(second));
        assertEquals(certificate, fingerprint(third));
      }
    }
  }

  private static String fingerprint(PeerConnection peer) {
    peer.setLocalDescription(SdpType.OFFER);
    return Loopback.gathered(peer)
        .lines()
        .filter(line -> line.startsWith("a=fingerprint:"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTakenPortIsRefusedInWords() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        PeerConnection peer =
            offerer(Loopback.configuration().withSharedPort(taken.getLocalPort()))) {
      RtcException refused =
          assertThrows(RtcException.class, () -> peer.setLocalDescription(SdpType.OFFER));
      assertEquals(RtcException.Code.FAILURE, refused.code());
      assertTrue(refused.getMessage().contains("gather"), refused.getMessage());
    }
  }

  @Test
  void candidatesMayComeLater() {
    try (PeerConnection offerer = offerer(Loopback.configuration());
        PeerConnection answerer = answerer(Loopback.configuration())) {
      offerer.setLocalDescription(SdpType.OFFER);
      String offer = Loopback.gathered(offerer).replace("a=setup:actpass", "a=setup:active");
      answerer.setRemoteDescription(SessionDescription.offer(withoutCandidates(offer)));
      answerer.setLocalDescription(SdpType.ANSWER);
      String answer = Loopback.gathered(answerer);
      offerer.setRemoteDescription(SessionDescription.answer(withoutCandidates(answer)));

      answererEvents.candidates.forEach(offerer::addRemoteCandidate);

      eventually("connected", () -> answerer.state() == PeerState.CONNECTED);
    }
  }

  @Test
  void theOtherSideHearsOfTheEnd() {
    try (PeerConnection offerer = offerer(Loopback.configuration());
        PeerConnection answerer = answerer(Loopback.configuration())) {
      Loopback.connect(offerer, answerer);

      offerer.close();

      eventually("closed", () -> answerer.state() == PeerState.CLOSED);
      eventually("track closed", () -> answererTrack.closed.get() == 1);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 1, 0x0B, 10);
        assertEquals(
            SendResult.NOT_OPEN,
            answerer.tracks().getFirst().send(packet, 0, (int) packet.byteSize()));
      }
    }
  }

  private PeerConnection offerer(PeerConfiguration configuration) {
    PeerConnection peer = PeerConnection.open(library(), configuration, offererEvents);
    peer.addTrack(Loopback.video("0", "sendrecv", 0x0A), TrackOptions.raw(), offererTrack);
    return peer;
  }

  private PeerConnection answerer(PeerConfiguration configuration) {
    PeerConnection peer = PeerConnection.open(library(), configuration, answererEvents);
    peer.addTrack(Loopback.video("0", "sendrecv", 0x0B), TrackOptions.raw(), answererTrack);
    return peer;
  }

  private static void send(PeerConnection peer, int ssrc) {
    Track track = peer.tracks().getFirst();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 0, ssrc, 1_000);
      for (int i = 0; i < PACKETS; i++) {
        Packets.sequence(packet, i);
        assertEquals(SendResult.SENT, track.send(packet, 0, (int) packet.byteSize()));
      }
    }
  }

  private static String withoutCandidates(String sdp) {
    return sdp.lines()
        .filter(it -> !it.startsWith("a=candidate:") && !it.startsWith("a=end-of-candidates"))
        .collect(java.util.stream.Collectors.joining("\r\n", "", "\r\n"));
  }
}
