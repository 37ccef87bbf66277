package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerListener;
import org.framecast.stream.transport.PeerTrack;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.TrackSpec;

/** Peers that do what a test tells them. */
final class FakeTransport implements PeerTransport {
  static final String DESCRIPTION =
      """
      v=0
      o=rtc 1 0 IN IP4 127.0.0.1
      s=-
      t=0 0
      m=video 9 UDP/TLS/RTP/SAVPF 96
      a=mid:0
      a=setup:passive
      a=ice-ufrag:abcd
      a=ice-pwd:0123456789012345678901
      a=fingerprint:sha-256 %s
      a=candidate:1 1 UDP 2122317823 192.0.2.1 50000 typ host
      """
          .formatted("AB:".repeat(31) + "CD");

  final List<FakePeer> peers = new ArrayList<>();
  boolean refusesPeers;
  boolean refusesTracks;

  /** What happens before a new peer is known to who asked for it. */
  Runnable onOpen = () -> {};

  /** What happens while an offer is being accepted. */
  Consumer<FakePeer> onOffer = FakePeer::gather;

  @Override
  public Peer openPeer(PeerListener listener) {
    if (refusesPeers) {
      throw new MediaException(MediaException.Code.TRANSPORT_FAILED, "no more peers");
    }
    FakePeer peer = new FakePeer(this, listener);
    peers.add(peer);
    onOpen.run();
    return peer;
  }

  @Override
  public int livePeers() {
    return (int) peers.stream().filter(peer -> !peer.closed).count();
  }

  @Override
  public void close() {}

  static final class FakePeer implements Peer {
    final PeerListener listener;
    final List<FakeTrack> tracks = new ArrayList<>();
    final List<String> candidates = new ArrayList<>();
    String offer = "";
    String description = DESCRIPTION;
    volatile boolean gathered;
    volatile boolean closed;
    boolean failsToClose;
    Runnable onClose = () -> {};
    Runnable onDescribe = () -> {};
    private final FakeTransport transport;

    private FakePeer(FakeTransport transport, PeerListener listener) {
      this.transport = transport;
      this.listener = listener;
    }

    @Override
    public PeerTrack addTrack(TrackSpec spec) {
      if (transport.refusesTracks) {
        throw new MediaException(MediaException.Code.TRANSPORT_FAILED, "no more tracks");
      }
      FakeTrack track = new FakeTrack(spec.mid());
      tracks.add(track);
      return track;
    }

    @Override
    public PeerTrack addReceivingTrack(TrackSpec spec) {
      return addTrack(spec);
    }

    @Override
    public void acceptOffer(String sdp) {
      offer = sdp;
      transport.onOffer.accept(this);
    }

    @Override
    public Optional<String> completeDescription() {
      onDescribe.run();
      return gathered ? Optional.of(description) : Optional.empty();
    }

    /** The library knows all its candidates. */
    void gather() {
      gathered = true;
      listener.gatheringComplete();
    }

    @Override
    public void addRemoteCandidate(String mid, String candidate) {
      candidates.add(candidate);
    }

    @Override
    public void close() {
      onClose.run();
      closed = true;
      if (failsToClose) {
        throw new MediaException(MediaException.Code.TRANSPORT_FAILED, "cannot be closed");
      }
    }
  }

  static final class FakeTrack implements PeerTrack {
    final List<byte[]> packets = new ArrayList<>();
    Outcome outcome = Outcome.SENT;
    boolean keeps = true;
    volatile Runnable onSend = () -> {};
    private final String mid;

    FakeTrack(String mid) {
      this.mid = mid;
    }

    @Override
    public String mid() {
      return mid;
    }

    @Override
    public Outcome send(MemorySegment memory, long offset, int sizeBytes) {
      onSend.run();
      if (keeps && outcome == Outcome.SENT) {
        packets.add(memory.asSlice(offset, sizeBytes).toArray(ValueLayout.JAVA_BYTE));
      }
      return outcome;
    }

    List<byte[]> rtp() {
      return packets.stream().filter(p -> (p[1] & 0xff) < 192 || (p[1] & 0xff) > 223).toList();
    }

    List<byte[]> reports() {
      return packets.stream().filter(p -> (p[1] & 0xff) == 200).toList();
    }
  }
}
