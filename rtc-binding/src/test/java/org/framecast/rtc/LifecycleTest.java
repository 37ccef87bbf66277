package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.rtc.internal.RtcFunctions;
import org.junit.jupiter.api.Test;

/** Opening and closing, in every order. */
class LifecycleTest extends WithLibrary {
  private static final int ROUNDS = 500;

  @Test
  void manyRoundsLeaveNoPeerAndNoThread() {
    round();
    eventually("the first round is gone", () -> library().liveTracks() == 0);
    int threads = NativeThreads.count();
    for (int i = 0; i < ROUNDS; i++) {
      round();
    }
    assertEquals(0, library().livePeers());
    assertEquals(0, library().liveTracks());
    // The network thread ends a moment after its last peer.
    eventually(
        "no thread more than after one round (" + threads + ")",
        () -> NativeThreads.count() <= threads);
  }

  @Test
  void closingIsIdempotentAndTheNativeObjectsDie() {
    PeerConnection peer =
        PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
    Track track =
        peer.addTrack(
            Loopback.video("0", "sendonly", 1), TrackOptions.sending(), new RecordingTrack());
    assertEquals(1, library().livePeers());
    assertEquals(1, library().liveTracks());

    peer.close();
    peer.close();
    track.close();

    assertEquals(0, library().livePeers());
    assertTrue(RtcFunctions.rtcDeleteTrack(track.id()) < 0, "the native track is gone");
    assertTrue(RtcFunctions.rtcDeletePeerConnection(peer.id()) < 0, "the native peer is gone");
    RtcException refused =
        assertThrows(RtcException.class, () -> peer.setLocalDescription(SdpType.OFFER));
    assertEquals(RtcException.Code.CLOSED, refused.code());
    assertTrue(peer.localDescription().isEmpty());
    assertTrue(peer.remoteAddress().isEmpty());
    assertTrue(peer.selectedCandidatePair().isEmpty());
  }

  @Test
  void aPeerMayBeClosedFromItsOwnCallbacks() {
    CountDownLatch closed = new CountDownLatch(3);
    PeerConnection.Listener closing =
        new PeerConnection.Listener() {
          @Override
          public void gatheringStateChanged(PeerConnection peer, GatheringState state) {
            if (state == GatheringState.COMPLETE) {
              peer.close();
              closed.countDown();
            }
          }
        };
    for (int i = 0; i < 3; i++) {
      PeerConnection peer = PeerConnection.open(library(), Loopback.configuration(), closing);
      peer.addTrack(Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
      peer.setLocalDescription(SdpType.OFFER);
    }
    assertTrue(await(closed), "closed from the callback");
    eventually("no peer", () -> library().livePeers() == 0);
  }

  @Test
  void aPeerMayBeClosedFromAPacketsCallback() {
    CountDownLatch closed = new CountDownLatch(1);
    Track.Listener closing =
        new Track.Listener() {
          @Override
          public void rtpReceived(Track track, MemorySegment packet) {
            track.peer().close();
            closed.countDown();
          }
        };
    try (PeerConnection sender = open(new RecordingPeer());
        PeerConnection receiver = open(new RecordingPeer());
        Arena arena = Arena.ofConfined()) {
      receiver.addTrack(Loopback.video("0", "recvonly", 2), TrackOptions.raw(), closing);
      Track track =
          sender.addTrack(
              Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
      Loopback.connect(receiver, sender);

      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 1, 1, 100);
      track.send(packet, 0, (int) packet.byteSize());

      assertTrue(await(closed), "closed from the callback");
      eventually("one peer left", () -> library().livePeers() == 1);
    }
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    AtomicInteger calls = new AtomicInteger();
    PeerConnection.Listener throwing =
        new PeerConnection.Listener() {
          @Override
          public void stateChanged(PeerConnection peer, PeerState state) {
            calls.incrementAndGet();
            throw new IllegalStateException("from a listener");
          }

          @Override
          public void localCandidateFound(PeerConnection peer, IceCandidate candidate) {
            throw new StackOverflowError("from a listener");
          }
        };
    try (PeerConnection first = open(throwing);
        PeerConnection second = open(throwing)) {
      first.addTrack(Loopback.video("0", "recvonly", 1), TrackOptions.raw(), new RecordingTrack());
      second.addTrack(Loopback.video("0", "sendonly", 2), TrackOptions.raw(), new RecordingTrack());
      Loopback.connect(first, second);
    }
    assertTrue(calls.get() >= 4, "calls " + calls);
  }

  @Test
  void whatWouldWaitForItselfIsRefused() {
    List<RtcException> refused = new ArrayList<>();
    PeerConnection.Listener calling =
        new PeerConnection.Listener() {
          @Override
          public void incomingTrack(PeerConnection peer, Track track) {
            refused.add(
                assertThrows(RtcException.class, () -> peer.setLocalDescription(SdpType.ANSWER)));
            refused.add(assertThrows(RtcException.class, library()::close));
          }
        };
    try (PeerConnection offerer = open(new RecordingPeer());
        PeerConnection answerer = open(calling)) {
      offerer.addTrack(
          Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
      offerer.setLocalDescription(SdpType.OFFER);
      answerer.setRemoteDescription(SessionDescription.offer(Loopback.gathered(offerer)));

      assertEquals(2, refused.size());
      refused.forEach(it -> assertEquals(RtcException.Code.WRONG_THREAD, it.code()));
    }
  }

  @Test
  void anIncomingTrackIsTakenOrItsSectionIsRejected() {
    RecordingTrack received = new RecordingTrack();
    AtomicReference<String> mid = new AtomicReference<>("");
    PeerConnection.Listener takingTheFirst =
        new PeerConnection.Listener() {
          @Override
          public void incomingTrack(PeerConnection peer, Track track) {
            if (track.mid().equals("0")) {
              mid.set(track.mid());
              track.accept(TrackOptions.receiving(), received);
            }
          }
        };
    try (PeerConnection sender = open(new RecordingPeer());
        PeerConnection receiver = open(takingTheFirst);
        Arena arena = Arena.ofConfined()) {
      Track sending =
          sender.addTrack(
              Loopback.video("0", "sendonly", 0x0A), TrackOptions.raw(), new RecordingTrack());
      sender.addTrack(
          Loopback.video("1", "sendonly", 0x0B), TrackOptions.raw(), new RecordingTrack());
      Loopback.negotiate(sender, receiver);
      eventually("open", sending::isOpen);

      assertEquals("0", mid.get());
      assertEquals(1, receiver.tracks().size());
      List<String> sections =
          receiver
              .localDescription()
              .orElseThrow()
              .sdp()
              .lines()
              .filter(it -> it.startsWith("m="))
              .toList();
      assertFalse(sections.get(0).startsWith("m=video 0 "), sections.toString());
      assertTrue(sections.get(1).startsWith("m=video 0 "), sections.toString());
      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 1, 0x0A, 100);
      sending.send(packet, 0, (int) packet.byteSize());
      eventually("a packet", () -> !received.rtp.isEmpty());
    }
  }

  @Test
  void aRefusalSaysWhy() {
    try (PeerConnection peer = open(new RecordingPeer())) {
      RtcException refused =
          assertThrows(
              RtcException.class,
              () ->
                  peer.setRemoteDescription(
                      SessionDescription.offer("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n")));
      assertEquals(RtcException.Code.INVALID_ARGUMENT, refused.code());
      assertTrue(
          refused.getMessage().contains("Remote description has no ICE user fragment"),
          refused.getMessage());
    }
  }

  @Test
  void aListenerSeesTheSegmentDuringTheCallOnly() {
    CompletableFuture<MemorySegment> escaped = new CompletableFuture<>();
    Track.Listener keeping =
        new Track.Listener() {
          @Override
          public void rtpReceived(Track track, MemorySegment packet) {
            escaped.complete(packet);
          }
        };
    try (PeerConnection sender = open(new RecordingPeer());
        PeerConnection receiver = open(new RecordingPeer());
        Arena arena = Arena.ofConfined()) {
      receiver.addTrack(Loopback.video("0", "recvonly", 2), TrackOptions.raw(), keeping);
      Track track =
          sender.addTrack(
              Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
      Loopback.connect(receiver, sender);
      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 1, 1, 100);
      track.send(packet, 0, (int) packet.byteSize());

      MemorySegment kept = escaped.orTimeout(10, TimeUnit.SECONDS).join();
      eventually("the segment is dead", () -> !kept.scope().isAlive());
      assertThrows(
          IllegalArgumentException.class,
          () -> track.send(MemorySegment.ofArray(new byte[20]), 0, 20));
      assertThrows(IndexOutOfBoundsException.class, () -> track.send(packet, 100, 20));
    }
  }

  @Test
  void theLibraryClosesWhatIsOpenAndOpensAgain() {
    PeerConnection peer = open(new RecordingPeer());
    RtcException second =
        assertThrows(RtcException.class, () -> RtcLibrary.open(RtcOptions.of(WithLibrary::thread)));
    assertEquals(RtcException.Code.ALREADY_OPEN, second.code());

    library().close();
    library().close();

    assertEquals(0, library().livePeers());
    assertThrows(RtcException.class, () -> peer.setLocalDescription(SdpType.OFFER));
    assertThrows(RtcException.class, () -> open(new RecordingPeer()));
    RtcLibrary closed = library();
    openLibrary();
    assertNotSame(closed, library());
    open(new RecordingPeer()).close();
  }

  @Test
  void peersThatOpenWhileTheLibraryClosesAreClosedToo() throws InterruptedException {
    CountDownLatch opening = new CountDownLatch(20);
    CompletableFuture<RtcException> refused = new CompletableFuture<>();
    Thread opener =
        WithLibrary.thread(
            () -> {
              try {
                while (true) {
                  PeerConnection peer = open(new RecordingPeer());
                  peer.addTrack(
                      Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
                  opening.countDown();
                }
              } catch (RtcException e) {
                refused.complete(e);
              }
            });
    opener.start();
    assertTrue(await(opening), "peers open");

    library().close();

    assertEquals(RtcException.Code.CLOSED, refused.orTimeout(10, TimeUnit.SECONDS).join().code());
    opener.join();
    assertEquals(0, library().livePeers());
    assertEquals(0, library().liveTracks());
  }

  /** One connection attempt: an offer with a section, gathered, and gone. */
  private void round() {
    try (PeerConnection peer = open(new RecordingPeer())) {
      peer.addTrack(
          Loopback.video("0", "sendonly", 1), TrackOptions.sending(), new RecordingTrack());
      peer.setLocalDescription(SdpType.OFFER);
    }
  }

  private PeerConnection open(PeerConnection.Listener listener) {
    return PeerConnection.open(library(), Loopback.configuration(), listener);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
