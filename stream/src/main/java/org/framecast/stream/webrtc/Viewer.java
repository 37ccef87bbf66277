package org.framecast.stream.webrtc;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.rtp.RtcpListener;
import org.framecast.stream.webrtc.rtp.RtcpReader;
import org.framecast.stream.webrtc.sdp.OfferedIce;
import org.framecast.stream.webrtc.sdp.TrickleFragment;

/**
 * One who watches a stream.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> owns its peer connection; {@link #close()} ends it and is idempotent.
 */
public final class Viewer implements AutoCloseable {
  /** How far the connection is. */
  public enum State {
    /** It has the answer. */
    CONNECTING,
    CONNECTED,
    CLOSED
  }

  /** What became of a trickled fragment. */
  public enum TrickleOutcome {
    ACCEPTED,
    /** It names other credentials: an ICE restart, which is not supported. */
    RESTART_REFUSED,
    /** The viewer has left. */
    GONE
  }

  /** Who a viewer is, and what it was given. */
  record Identity(String id, Instant since, OfferedIce ice, int candidates) {}

  private final Identity identity;
  private final Peer peer;
  private final FanOut stream;
  private final List<ViewerTrack> tracks;
  private final Executor work;
  private final MediaClock clock;
  private final long answeredNanos;
  private final RemoteCandidates candidates;
  private final ViewerNews news;
  private final CompletableFuture<LeaveReason> left = new CompletableFuture<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  // Its peer is closed. Nothing runs on its completion, so that whoever waits for it waits for no
  // one who is told.
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private final ViewerReports reports;
  private final Map<String, RtcpListener> readers;
  private volatile State state = State.CONNECTING;
  private volatile long interruptedNanos;
  private volatile long heardNanos;

  Viewer(
      Identity identity,
      Peer peer,
      FanOut stream,
      List<ViewerTrack> tracks,
      Executor work,
      MediaClock clock) {
    this.identity = identity;
    this.peer = peer;
    this.stream = stream;
    this.tracks = List.copyOf(tracks);
    this.work = work;
    this.clock = clock;
    answeredNanos = clock.nanos();
    candidates =
        new RemoteCandidates(
            peer, tracks.get(0).spec().mid(), identity.ice(), identity.candidates());
    reports = new ViewerReports(this.tracks, stream::keyframeWanted, clock);
    readers =
        this.tracks.stream()
            .map(track -> track.spec().mid())
            .collect(Collectors.toMap(Function.identity(), reports::of));
    news = new ViewerNews(this, stream.listener());
  }

  /** A public name, of no use to reach the viewer's session. */
  public String id() {
    return identity.id();
  }

  public State state() {
    return state;
  }

  /** When it got its answer. */
  public Instant since() {
    return identity.since();
  }

  /** The codec of that kind that it is sent. */
  public Optional<Codec> codec(MediaKind kind) {
    return tracks.stream().filter(t -> t.kind() == kind).map(t -> t.spec().codec()).findFirst();
  }

  /** The name of the section of its offer that is sent that kind. */
  public Optional<String> mid(MediaKind kind) {
    return tracks.stream().filter(t -> t.kind() == kind).map(t -> t.spec().mid()).findFirst();
  }

  /** How the picture is sent to it now. */
  private Optional<Rendition> rendition() {
    return tracks.stream()
        .filter(track -> track.kind() == MediaKind.VIDEO)
        .flatMap(track -> Optional.ofNullable(track.lane()).flatMap(Lane::rendition).stream())
        .findFirst();
  }

  /** Completes when the viewer has left, on the thread that closed it. */
  public CompletionStage<LeaveReason> left() {
    return left.minimalCompletionStage();
  }

  /** Completes, on a work thread, when the viewer is connected, or has left without that. */
  public CompletionStage<Void> settled() {
    return settled.minimalCompletionStage();
  }

  /** The numbers so far. */
  public ViewerStats stats() {
    return new ViewerStats(
        tracks.stream().mapToLong(ViewerTrack::packets).sum(),
        tracks.stream().mapToLong(ViewerTrack::bytes).sum(),
        tracks.stream().mapToLong(ViewerTrack::dropped).sum(),
        reports.packetsLost(),
        reports.fractionLost(),
        reports.jitterNanos(),
        reports.bitrateLimitBps(),
        reports.keyframes(),
        reports.nacked(),
        tracks.stream().mapToLong(ViewerTrack::repeated).sum(),
        rendition(),
        heardNanos == 0 ? -1 : clock.nanos() - heardNanos);
  }

  /** Hands trickled candidates on; what the library will not take is dropped silently. */
  public TrickleOutcome trickle(TrickleFragment fragment) {
    if (state == State.CLOSED) {
      return TrickleOutcome.GONE;
    }
    return candidates.take(fragment);
  }

  List<ViewerTrack> tracks() {
    return tracks;
  }

  /** The track of the picture. */
  Optional<ViewerTrack> picture() {
    return tracks.stream().filter(track -> track.kind() == MediaKind.VIDEO).findFirst();
  }

  /** What it can take. */
  ViewerRate rate() {
    return reports.rate();
  }

  /** It was taken in; the listener hears nothing of it before. */
  void joined() {
    news.joined();
  }

  // What the peer tells, on a native thread.

  void peerState(PeerState peerState) {
    switch (peerState) {
      case CONNECTED -> {
        interruptedNanos = 0;
        if (move(State.CONNECTING, State.CONNECTED)) {
          later(
              () -> {
                settled.complete(null);
                news.connected();
              });
        }
      }
      case DISCONNECTED -> interruptedNanos = nonZero(clock.nanos());
      case FAILED -> lost(LeaveReason.CONNECTION_LOST);
      case CLOSED -> lost(LeaveReason.LEFT);
      case NEW, CONNECTING -> {
        // Nothing to do before there is a connection.
      }
    }
  }

  void trackOpened(String mid) {
    for (ViewerTrack track : tracks) {
      if (track.spec().mid().equals(mid)) {
        track.open();
      }
    }
  }

  void rtcp(String mid, ByteBuffer packet) {
    RtcpListener reader = readers.get(mid);
    if (reader != null && RtcpReader.isRtcp(packet)) {
      heardNanos = nonZero(clock.nanos());
      tracks.forEach(ViewerTrack::answered);
      RtcpReader.read(packet, reader);
    }
  }

  /** Closes the viewer when it has run into a limit. */
  void check(NegotiatorSettings limits, long nowNanos) {
    hold(limits, nowNanos);
    // After that, since an encoder that cannot be had is no reason to stay.
    stream.steer(nowNanos);
  }

  private void hold(NegotiatorSettings limits, long nowNanos) {
    switch (state) {
      case CONNECTING -> {
        if (nowNanos - answeredNanos > limits.handshakeLimit().toNanos()) {
          lost(LeaveReason.NEVER_CONNECTED);
        }
      }
      case CONNECTED -> {
        long interrupted = interruptedNanos;
        if (interrupted != 0 && nowNanos - interrupted > limits.interruptionLimit().toNanos()) {
          lost(LeaveReason.CONNECTION_LOST);
        } else if (isSilent(limits, nowNanos)) {
          lost(LeaveReason.SILENT);
        }
      }
      case CLOSED -> {
        // Gone already.
      }
    }
  }

  /** A viewer that never reported is left to the consent checks of ICE. */
  private boolean isSilent(NegotiatorSettings limits, long nowNanos) {
    if (heardNanos == 0) {
      return false;
    }
    boolean pictures = codec(MediaKind.VIDEO).isPresent();
    long limit = (pictures ? limits.videoSilence() : limits.audioSilence()).toNanos();
    for (ViewerTrack track : tracks) {
      long since = track.unansweredNanos();
      boolean counts = !pictures || track.kind() == MediaKind.VIDEO;
      if (counts && since != 0 && nowNanos - since > limit) {
        return true;
      }
    }
    return false;
  }

  /** Closes the viewer on a work thread. */
  void lost(LeaveReason reason) {
    if (state != State.CLOSED) {
      later(() -> leave(reason));
    }
  }

  private void later(Runnable task) {
    Work.run(work, task);
  }

  /** Ends the viewer's session. When this returns, its peer is closed, whoever closed it. */
  @Override
  public void close() {
    close(LeaveReason.ENDED);
  }

  void close(LeaveReason reason) {
    if (!leave(reason)) {
      released.join();
    }
  }

  /** It is not taken in: its peer is closed, and nobody hears of its leaving who never saw it. */
  void turnAway() {
    if (moveToClosed()) {
      try {
        peer.close();
      } finally {
        released.complete(null);
      }
    }
  }

  /** Closes it; false when another does so, or has done so. */
  private boolean leave(LeaveReason reason) {
    if (!moveToClosed()) {
      return false;
    }
    tracks.forEach(ViewerTrack::close);
    try {
      Closing.each(List.<Runnable>of(() -> stream.remove(this), peer::close), Runnable::run);
    } finally {
      released.complete(null);
      stream.gone(this);
      settled.complete(null);
      left.complete(reason);
      news.left(reason);
    }
    return true;
  }

  private boolean moveToClosed() {
    return move(State.CONNECTING, State.CLOSED) || move(State.CONNECTED, State.CLOSED);
  }

  private synchronized boolean move(State from, State to) {
    if (state != from) {
      return false;
    }
    state = to;
    return true;
  }

  private static long nonZero(long nanos) {
    return nanos == 0 ? 1 : nanos;
  }
}
