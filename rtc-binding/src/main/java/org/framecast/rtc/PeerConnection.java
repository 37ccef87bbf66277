package org.framecast.rtc;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.framecast.rtc.internal.NativeStrings;
import org.framecast.rtc.internal.RtcFunctions;

/**
 * A peer connection: ICE, DTLS, SRTP, and the tracks on it.
 *
 * <p>To answer an offer: {@link #open}, {@link #addTrack} with the offer's mids, {@link
 * #setRemoteDescription}, {@link #setLocalDescription}, and when the gathering state is {@link
 * GatheringState#COMPLETE}, {@link #localDescription} is the answer with all candidates. A section
 * of the offer for which there is no track becomes {@link Listener#incomingTrack}.
 *
 * <p><b>Thread</b>: any. {@link #close} may be called from this peer's own callbacks, but never
 * while holding a lock that one of its callbacks wants: it waits for a callback that runs.
 *
 * <p><b>Ownership</b>: closing closes the tracks too. A connection that fails or that the other
 * side ends must still be closed. The library has no limit of its own for a handshake that does not
 * come (it gives up after some 40 s): set one.
 */
public final class PeerConnection implements AutoCloseable {
  /**
   * What a peer connection tells. All of it is registered before the peer gets a description, so
   * nothing is missed.
   *
   * <p><b>Thread</b>: a native thread, one event at a time for a peer, except for {@link
   * PeerState#CLOSED}, which comes on the thread that closes. Copy and enqueue; do not block: the
   * threads are shared by all peers. What a listener throws is logged and dropped.
   */
  public interface Listener {
    default void stateChanged(PeerConnection peer, PeerState state) {}

    default void iceStateChanged(PeerConnection peer, IceState state) {}

    default void gatheringStateChanged(PeerConnection peer, GatheringState state) {}

    default void signalingStateChanged(PeerConnection peer, SignalingState state) {}

    /** The description as it is before gathering: without candidates. */
    default void localDescriptionChanged(PeerConnection peer, SessionDescription description) {}

    default void localCandidateFound(PeerConnection peer, IceCandidate candidate) {}

    /**
     * The remote description has a media section that no track was added for. {@link Track#accept}
     * takes it; else it is closed after this call, and the answer rejects the section.
     *
     * <p><b>Thread</b>: the one that sets the remote description. The peer is locked: call nothing
     * of it here but the track.
     */
    default void incomingTrack(PeerConnection peer, Track track) {}
  }

  private final RtcLibrary library;
  private final Listener listener;
  private final int id;
  private final PeerReader reader;
  private final Set<Track> tracks = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile PeerState state = PeerState.NEW;
  private volatile GatheringState gatheringState = GatheringState.NEW;

  PeerConnection(RtcLibrary library, Listener listener, int id) {
    this.library = library;
    this.listener = listener;
    this.id = id;
    this.reader = new PeerReader(library, id);
  }

  /**
   * Opens a peer connection that has no description yet.
   *
   * @throws RtcException when the library refuses the configuration or is closed
   */
  public static PeerConnection open(
      RtcLibrary library, PeerConfiguration configuration, Listener listener) {
    return PeerOpening.open(library, configuration, listener);
  }

  /** The library's number of this peer: unique in the process, for logs. */
  public int id() {
    return id;
  }

  /** The last state that was reported. */
  public PeerState state() {
    return state;
  }

  public GatheringState gatheringState() {
    return gatheringState;
  }

  /** The open tracks, in no order. */
  public List<Track> tracks() {
    return List.copyOf(tracks);
  }

  /**
   * Adds a track for raw RTP.
   *
   * @param mediaDescription a media section, from its {@code m=} line on, with {@code a=mid}, a
   *     direction, {@code a=rtpmap} and, to send, {@code a=ssrc}; lines end in CRLF or LF
   * @throws RtcException when the library cannot parse it
   */
  public Track addTrack(
      String mediaDescription, TrackOptions options, Track.Listener trackListener) {
    CallbackScope.refuseUnderLock("Adding a track");
    return unlessClosed("Adding a track", () -> add(mediaDescription, options, trackListener));
  }

  private Track add(String mediaDescription, TrackOptions options, Track.Listener trackListener) {
    int trackId;
    try (Arena arena = Arena.ofConfined()) {
      long address = NativeStrings.copy(arena, mediaDescription);
      trackId = NativeErrors.check(RtcFunctions.rtcAddTrack(id, address), "Adding a track");
    }
    Track track = new Track(library, this, trackId);
    tracks.add(track);
    track.attach(options, trackListener);
    if (closed.get()) {
      // Closing may have listed the tracks before this one.
      track.delete();
      requireOpen("Adding a track");
    }
    return track;
  }

  /** Makes the offer or the answer; gathering of candidates begins. */
  public void setLocalDescription(SdpType type) {
    CallbackScope.refuseUnderLock("Setting the local description");
    withArena(
        "Setting the local description",
        arena -> RtcFunctions.rtcSetLocalDescription(id, NativeStrings.copy(arena, type.text())));
  }

  /**
   * Sets what the other side sent, with the candidates in it.
   *
   * @throws RtcException when the library cannot use it; the message says why, and is not for the
   *     other side
   */
  public void setRemoteDescription(SessionDescription description) {
    CallbackScope.refuseUnderLock("Setting the remote description");
    withArena(
        "Setting the remote description",
        arena ->
            RtcFunctions.rtcSetRemoteDescription(
                id,
                NativeStrings.copy(arena, description.sdp()),
                NativeStrings.copy(arena, description.type().text())));
  }

  /** Adds a candidate that came after the remote description. */
  public void addRemoteCandidate(IceCandidate candidate) {
    CallbackScope.refuseUnderLock("Adding a candidate");
    withArena(
        "Adding a candidate",
        arena ->
            RtcFunctions.rtcAddRemoteCandidate(
                id,
                NativeStrings.copy(arena, candidate.candidate()),
                NativeStrings.copy(arena, candidate.mid())));
  }

  /** The local description with the candidates gathered so far. */
  public Optional<SessionDescription> localDescription() {
    return closed.get() ? Optional.empty() : reader.localDescription();
  }

  /** The remote description with the candidates added so far. */
  public Optional<SessionDescription> remoteDescription() {
    return closed.get() ? Optional.empty() : reader.remoteDescription();
  }

  /** This side's address and port of the selected path, once there is one. */
  public Optional<String> localAddress() {
    return closed.get() ? Optional.empty() : reader.localAddress();
  }

  /** The other side's address and port of the selected path, once there is one. */
  public Optional<String> remoteAddress() {
    return closed.get() ? Optional.empty() : reader.remoteAddress();
  }

  /** The selected path, once there is one. */
  public Optional<CandidatePair> selectedCandidatePair() {
    return closed.get() ? Optional.empty() : reader.selectedCandidatePair();
  }

  /** Closes the tracks and the connection and frees them. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (library.gate().enter()) {
      try {
        delete();
      } finally {
        library.gate().exit();
      }
    }
  }

  /** Frees the native objects; the library does it itself for what is left when it closes. */
  void delete() {
    closed.set(true);
    tracks().forEach(Track::delete);
    RtcFunctions.rtcDeletePeerConnection(id);
    library.registry().removePeer(id);
  }

  @Override
  public String toString() {
    return "peer " + id + " " + state;
  }

  void forget(Track track) {
    tracks.remove(track);
  }

  void onState(PeerState now) {
    state = now;
    listener.stateChanged(this, now);
  }

  void onIceState(IceState now) {
    listener.iceStateChanged(this, now);
  }

  void onGatheringState(GatheringState now) {
    gatheringState = now;
    listener.gatheringStateChanged(this, now);
  }

  void onSignalingState(SignalingState now) {
    listener.signalingStateChanged(this, now);
  }

  void onLocalDescription(SessionDescription description) {
    listener.localDescriptionChanged(this, description);
  }

  void onLocalCandidate(IceCandidate candidate) {
    listener.localCandidateFound(this, candidate);
  }

  void onIncomingTrack(int trackId) {
    Track track = new Track(library, this, trackId);
    tracks.add(track);
    try {
      listener.incomingTrack(this, track);
    } finally {
      if (!track.isAccepted() || closed.get()) {
        track.close();
      }
    }
  }

  private void requireOpen(String what) {
    if (closed.get()) {
      throw new RtcException(RtcException.Code.CLOSED, what + ": the peer is closed");
    }
  }

  private void withArena(String what, ToIntFunction<Arena> function) {
    unlessClosed(
        what,
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            return NativeErrors.check(function.applyAsInt(arena), what);
          }
        });
  }

  /** A call into the library; an error that another thread's closing caused is told as such. */
  <T> T unlessClosed(String what, Supplier<T> call) {
    requireOpen(what);
    try {
      return library.within(what, call);
    } catch (RtcException e) {
      requireOpen(what);
      throw e;
    }
  }
}
