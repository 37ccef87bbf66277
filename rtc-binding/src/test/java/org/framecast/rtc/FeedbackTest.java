package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RTCP from a receiver, written by hand, to a sender. */
class FeedbackTest extends WithLibrary {
  private static final int SSRC = 0x0A;

  private final RecordingTrack sent = new RecordingTrack();
  private final RecordingTrack received = new RecordingTrack();
  private Optional<PeerConnection> sender = Optional.empty();
  private Optional<PeerConnection> receiver = Optional.empty();

  @AfterEach
  void closePeers() {
    sender.ifPresent(PeerConnection::close);
    receiver.ifPresent(PeerConnection::close);
  }

  @Test
  void aPictureLossIndicationArrives() {
    connect(TrackOptions.sending(), TrackOptions.raw());
    try (Arena arena = Arena.ofConfined()) {
      send(receiver(), Packets.pictureLossIndication(arena, SSRC));
      eventually("PLI", () -> sent.pictureLosses.get() == 1);
    }
  }

  @Test
  void theReceivingSessionAsksForAKeyframeAndABitrate() {
    connect(TrackOptions.sending(), TrackOptions.receiving());
    try (Arena arena = Arena.ofConfined()) {
      send(sender(), Packets.rtp(arena, Loopback.VIDEO, 1, SSRC, 100));
      eventually("a packet, which tells the session the SSRC", () -> !received.rtp.isEmpty());
      receiver().requestKeyframe();
      eventually("PLI", () -> sent.pictureLosses.get() == 1);
      receiver().requestBitrate(1_500_000);
      eventually("REMB", () -> !sent.bitratesBps.isEmpty());
      long bitrateBps = sent.bitratesBps.element();
      assertTrue(Math.abs(bitrateBps - 1_500_000) < 15_000, "bitrate " + bitrateBps);
    }
  }

  @Test
  void anEstimateArrives() {
    connect(TrackOptions.sending(), TrackOptions.raw());
    try (Arena arena = Arena.ofConfined()) {
      send(receiver(), Packets.remb(arena, SSRC, 250_000));
      eventually("REMB", () -> !sent.bitratesBps.isEmpty());
      assertEquals(250_000L, sent.bitratesBps.element());
    }
  }

  @Test
  void aNackReachesJava() {
    connect(TrackOptions.sending(), TrackOptions.raw());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment nack = Packets.nack(arena, SSRC, 4_711);
      send(receiver(), nack);
      eventually("NACK", () -> !sent.rtcp.isEmpty());
      assertArrayEquals(nack.toArray(ValueLayout.JAVA_BYTE), sent.rtcp.element());
      assertTrue(sent.rtp.isEmpty());
    }
  }

  @Test
  void theLibraryAnswersANackFromItsHistory() {
    open(TrackOptions.sending().withNackHistory(64), TrackOptions.raw());
    try (LossyLink link = new LossyLink(3);
        Arena arena = Arena.ofConfined()) {
      negotiate(link);
      for (int i = 0; i < 6; i++) {
        send(sender(), Packets.rtp(arena, Loopback.VIDEO, i, SSRC, 100));
      }
      eventually("all but the lost one", () -> received.rtp.size() == 5);
      assertEquals(1, link.lostPackets());
      assertFalse(receivedSequences().contains(3));

      send(receiver(), Packets.nack(arena, SSRC, 3));

      eventually("the lost one", () -> receivedSequences().contains(3));
    }
  }

  @Test
  void aSenderReportArrives() {
    connect(TrackOptions.raw(), TrackOptions.raw());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment report = Packets.rtcp(arena, 0, 200, SSRC, 1, 2, 3, 4, 5);
      send(sender(), report);
      eventually("SR", () -> !received.rtcp.isEmpty());
      assertArrayEquals(report.toArray(ValueLayout.JAVA_BYTE), received.rtcp.element());
    }
  }

  private void connect(TrackOptions sending, TrackOptions receiving) {
    open(sending, receiving);
    Loopback.connect(receiver.orElseThrow(), sender.orElseThrow());
  }

  private void negotiate(LossyLink link) {
    PeerConnection offerer = receiver.orElseThrow();
    PeerConnection answerer = sender.orElseThrow();
    offerer.setLocalDescription(SdpType.OFFER);
    String offer = Loopback.gathered(offerer).replace("a=setup:actpass", "a=setup:active");
    answerer.setRemoteDescription(SessionDescription.offer(link.throughLink(offer)));
    answerer.setLocalDescription(SdpType.ANSWER);
    offerer.setRemoteDescription(
        SessionDescription.answer(link.answerThroughLink(Loopback.gathered(answerer))));
    eventually("open", () -> sender().isOpen() && receiver().isOpen());
  }

  private List<Integer> receivedSequences() {
    return received.rtp.stream().map(it -> Packets.sequence(MemorySegment.ofArray(it))).toList();
  }

  private void open(TrackOptions sending, TrackOptions receiving) {
    PeerConnection from =
        PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
    sender = Optional.of(from);
    PeerConnection to =
        PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
    receiver = Optional.of(to);
    to.addTrack(Loopback.video("0", "recvonly", 0x0B), receiving, received);
    from.addTrack(Loopback.video("0", "sendonly", SSRC), sending, sent);
  }

  private Track sender() {
    return sender.orElseThrow().tracks().getFirst();
  }

  private Track receiver() {
    return receiver.orElseThrow().tracks().getFirst();
  }

  private static void send(Track track, MemorySegment packet) {
    assertEquals(SendResult.SENT, track.send(packet, 0, (int) packet.byteSize()));
  }
}
