package org.framecast.rtc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.framecast.rtc.internal.NativeEvents;

/**
 * The live peers and tracks by their native ids: where callbacks find their object, without a lock.
 */
final class PeerRegistry implements NativeEvents {
  private final Map<Integer, PeerConnection> peers = new ConcurrentHashMap<>();
  private final Map<Integer, Track> tracks = new ConcurrentHashMap<>();

  void add(int id, PeerConnection peer) {
    peers.put(id, peer);
  }

  void add(int id, Track track) {
    tracks.put(id, track);
  }

  void removePeer(int id) {
    peers.remove(id);
  }

  void removeTrack(int id) {
    tracks.remove(id);
  }

  List<PeerConnection> peers() {
    return List.copyOf(peers.values());
  }

  int peerCount() {
    return peers.size();
  }

  int trackCount() {
    return tracks.size();
  }

  @Override
  public void stateChanged(int peer, int state) {
    onPeer(peer, it -> it.onState(PeerState.of(state)));
  }

  @Override
  public void iceStateChanged(int peer, int state) {
    onPeer(peer, it -> it.onIceState(IceState.of(state)));
  }

  @Override
  public void gatheringStateChanged(int peer, int state) {
    onPeer(peer, it -> it.onGatheringState(GatheringState.of(state)));
  }

  @Override
  public void signalingStateChanged(int peer, int state) {
    onPeer(peer, it -> it.onSignalingState(SignalingState.of(state)));
  }

  @Override
  public void localDescription(int peer, String sdp, String type) {
    onPeer(peer, it -> it.onLocalDescription(new SessionDescription(SdpType.parse(type), sdp)));
  }

  @Override
  public void localCandidate(int peer, String candidate, String mid) {
    onPeer(peer, it -> it.onLocalCandidate(new IceCandidate(candidate, mid)));
  }

  @Override
  public void trackAdded(int peer, int track) {
    PeerConnection owner = peers.get(peer);
    if (owner != null) {
      CallbackScope.underLock(() -> owner.onIncomingTrack(track));
    }
  }

  @Override
  public void opened(int track) {
    onTrack(track, Track::onOpened);
  }

  @Override
  public void closed(int track) {
    onTrack(track, Track::onClosed);
  }

  @Override
  public void failed(int track, String reason) {
    onTrack(track, it -> it.onFailed(reason));
  }

  @Override
  public void message(int track, long address, int sizeBytes) {
    if (sizeBytes > 0) {
      onLockedTrack(track, it -> it.onMessage(address, sizeBytes));
    }
  }

  @Override
  public void pictureLost(int track) {
    onLockedTrack(track, Track::onPictureLost);
  }

  @Override
  public void bitrateEstimated(int track, int bitrateBps) {
    onLockedTrack(track, it -> it.onBitrateEstimated(Integer.toUnsignedLong(bitrateBps)));
  }

  @Override
  public void logged(int level, String text) {
    NativeLog.write(level, text);
  }

  @Override
  public void callbackFailed(Throwable failure) {
    RtcMessages.LOG.listenerThrew(failure);
  }

  private void onPeer(int id, Consumer<PeerConnection> event) {
    PeerConnection peer = peers.get(id);
    if (peer != null) {
      CallbackScope.event(() -> event.accept(peer));
    }
  }

  private void onTrack(int id, Consumer<Track> event) {
    Track track = tracks.get(id);
    if (track != null) {
      CallbackScope.event(() -> event.accept(track));
    }
  }

  private void onLockedTrack(int id, Consumer<Track> event) {
    Track track = tracks.get(id);
    if (track != null) {
      CallbackScope.underLock(() -> event.accept(track));
    }
  }
}
