package org.framecast.rtc;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers what a peer told. */
class RecordingPeer implements PeerConnection.Listener {
  final Queue<PeerState> states = new ConcurrentLinkedQueue<>();
  final Queue<IceState> iceStates = new ConcurrentLinkedQueue<>();
  final Queue<GatheringState> gatheringStates = new ConcurrentLinkedQueue<>();
  final Queue<SignalingState> signalingStates = new ConcurrentLinkedQueue<>();
  final Queue<SessionDescription> descriptions = new ConcurrentLinkedQueue<>();
  final Queue<IceCandidate> candidates = new ConcurrentLinkedQueue<>();

  @Override
  public void stateChanged(PeerConnection peer, PeerState state) {
    states.add(state);
  }

  @Override
  public void iceStateChanged(PeerConnection peer, IceState state) {
    iceStates.add(state);
  }

  @Override
  public void gatheringStateChanged(PeerConnection peer, GatheringState state) {
    gatheringStates.add(state);
  }

  @Override
  public void signalingStateChanged(PeerConnection peer, SignalingState state) {
    signalingStates.add(state);
  }

  @Override
  public void localDescriptionChanged(PeerConnection peer, SessionDescription description) {
    descriptions.add(description);
  }

  @Override
  public void localCandidateFound(PeerConnection peer, IceCandidate candidate) {
    candidates.add(candidate);
  }
}
