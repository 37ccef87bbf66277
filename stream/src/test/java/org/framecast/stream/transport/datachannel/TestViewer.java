package org.framecast.stream.transport.datachannel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.framecast.rtc.GatheringState;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PeerConnection;
import org.framecast.rtc.PeerState;
import org.framecast.rtc.SdpType;
import org.framecast.rtc.SessionDescription;
import org.framecast.rtc.Track;
import org.framecast.rtc.TrackOptions;
import org.framecast.stream.transport.PeerTransport;

/** A viewer on the same library: offers to receive, and keeps what arrives. */
public final class TestViewer implements AutoCloseable, PeerConnection.Listener, Track.Listener {
  private static final String LINES =
      """
      m=%s 9 UDP/TLS/RTP/SAVPF %d
      a=mid:%s
      a=recvonly
      a=rtcp-mux
      a=rtpmap:%d %s
      """;

  public final BlockingQueue<byte[]> video = new LinkedBlockingQueue<>();
  public final BlockingQueue<byte[]> audio = new LinkedBlockingQueue<>();
  public final BlockingQueue<byte[]> rtcp = new LinkedBlockingQueue<>();
  public final CompletableFuture<PeerState> connected = new CompletableFuture<>();

  /** The other side has left. */
  public final CompletableFuture<PeerState> gone = new CompletableFuture<>();

  private final CompletableFuture<String> offer = new CompletableFuture<>();
  private volatile boolean keeps = true;
  private final PeerConnection peer;
  private final List<Track> tracks;

  /** Opens it on a transport of this package. */
  public TestViewer(PeerTransport transport, int videoType, int audioType) {
    peer =
        PeerConnection.open(
            ((DataChannelTransport) transport).library(),
            PeerConfiguration.standard().withBindAddress("127.0.0.1"),
            this);
    tracks =
        List.of(
            add(LINES.formatted("video", videoType, "v", videoType, "VP8/90000")),
            add(LINES.formatted("audio", audioType, "a", audioType, "opus/48000/2")));
    peer.setLocalDescription(SdpType.OFFER);
  }

  private Track add(String description) {
    return peer.addTrack(description, TrackOptions.raw(), this);
  }

  /** Media is thrown away from now on. */
  void keepsNothing() {
    keeps = false;
  }

  /** The complete offer. */
  public String offer() throws Exception {
    return offer.get(30, TimeUnit.SECONDS);
  }

  /** Takes the answer to its offer. */
  public void answer(String sdp) {
    peer.setRemoteDescription(new SessionDescription(SdpType.ANSWER, sdp));
  }

  /** Asks for a keyframe of the sender with that SSRC. */
  void sendPli(int ssrc) {
    send(ByteBuffer.allocate(12).putInt(0x81ce0002).putInt(1).putInt(ssrc).array());
  }

  /** Says that a packet is missing. */
  void sendNack(int ssrc, int sequence) {
    send(
        ByteBuffer.allocate(16)
            .putInt(0x81cd0003)
            .putInt(1)
            .putInt(ssrc)
            .putInt(sequence << 16)
            .array());
  }

  /** A receiver report with a quarter lost. */
  void sendReport(int ssrc) {
    send(
        ByteBuffer.allocate(32)
            .putInt(0x81c90007)
            .putInt(1)
            .putInt(ssrc)
            .putInt(0x40000003)
            .array());
  }

  private void send(byte[] packet) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, packet);
      tracks.get(0).send(memory, 0, packet.length);
    }
  }

  @Override
  public void stateChanged(PeerConnection connection, PeerState state) {
    switch (state) {
      case CONNECTED -> connected.complete(state);
      case FAILED -> {
        connected.complete(state);
        gone.complete(state);
      }
      case DISCONNECTED, CLOSED -> gone.complete(state);
      case NEW, CONNECTING -> {
        // Not awaited.
      }
    }
  }

  @Override
  public void gatheringStateChanged(PeerConnection connection, GatheringState state) {
    if (state == GatheringState.COMPLETE) {
      offer.complete(connection.localDescription().orElseThrow().sdp());
    }
  }

  @Override
  public void rtpReceived(Track track, MemorySegment packet) {
    if (!keeps) {
      return;
    }
    byte[] bytes = packet.toArray(ValueLayout.JAVA_BYTE);
    (track == tracks.get(0) ? video : audio).add(bytes);
  }

  @Override
  public void rtcpReceived(Track track, MemorySegment packet) {
    rtcp.add(packet.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public void close() {
    peer.close();
  }
}
