package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.ingest.Ingest;
import org.framecast.stream.webrtc.ingest.TrackCounts;
import org.framecast.stream.webrtc.rtp.RtcpReader;
import org.framecast.stream.webrtc.sdp.TrickleFragment;
import org.jspecify.annotations.Nullable;

/**
 * One who sends a stream over a peer connection.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> owns its peer connection and what receives on it; {@link #close()} ends both
 * and is idempotent.
 */
public final class PeerPublisher implements AutoCloseable {
  private final String id;
  private final Peer peer;
  private final RemoteCandidates candidates;
  private final Executor work;
  private final MediaClock clock;
  private final long answeredNanos;
  private final CompletableFuture<LeaveReason> left = new CompletableFuture<>();
  // Its peer and what receives are closed. Nothing runs on its completion.
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private volatile Viewer.State state = Viewer.State.CONNECTING;
  private volatile long interruptedNanos;
  private volatile @Nullable Ingest ingest;

  PeerPublisher(
      String id, Peer peer, RemoteCandidates candidates, Executor work, MediaClock clock) {
    this.id = id;
    this.peer = peer;
    this.candidates = candidates;
    this.work = work;
    this.clock = clock;
    answeredNanos = clock.nanos();
  }

  /** A public name, of no use to reach the publisher's session. */
  public String id() {
    return id;
  }

  public Viewer.State state() {
    return state;
  }

  /** Completes when the publisher has left, on the thread that closed it. */
  public CompletionStage<LeaveReason> left() {
    return left.minimalCompletionStage();
  }

  /** Asks for a keyframe soon; many requests become one. */
  public void keyframeWanted() {
    Ingest open = ingest;
    if (open != null) {
      open.keyframeWanted();
    }
  }

  /** The numbers of a track so far. */
  public TrackCounts counts(MediaKind kind) {
    Ingest open = ingest;
    return open == null ? TrackCounts.none() : open.counts(kind);
  }

  /** Hands trickled candidates on. */
  public Viewer.TrickleOutcome trickle(TrickleFragment fragment) {
    return state == Viewer.State.CLOSED ? Viewer.TrickleOutcome.GONE : candidates.take(fragment);
  }

  /** From now on, what comes is received. */
  void receive(Ingest opened) {
    ingest = opened;
    opened.start();
    if (state == Viewer.State.CLOSED) {
      opened.close();
    }
  }

  // What the peer tells, on a native thread.

  void rtp(String mid, MemorySegment packet) {
    Ingest open = ingest;
    if (open != null) {
      open.rtp(mid, packet);
    }
  }

  void rtcp(String mid, ByteBuffer packet) {
    Ingest open = ingest;
    if (open != null && RtcpReader.isRtcp(packet)) {
      open.rtcp(mid, packet);
    }
  }

  void peerState(PeerState peerState) {
    switch (peerState) {
      case CONNECTED -> {
        interruptedNanos = 0;
        move(Viewer.State.CONNECTING, Viewer.State.CONNECTED);
      }
      case DISCONNECTED -> interruptedNanos = Math.max(1, clock.nanos());
      case FAILED -> lost(LeaveReason.CONNECTION_LOST);
      case CLOSED -> lost(LeaveReason.LEFT);
      case NEW, CONNECTING -> {
        // Nothing to do before there is a connection.
      }
    }
  }

  /** Closes the publisher when it has run into a limit. */
  void check(NegotiatorSettings limits, long nowNanos) {
    switch (state) {
      case CONNECTING -> {
        if (nowNanos - answeredNanos > limits.handshakeLimit().toNanos()) {
          lost(LeaveReason.NEVER_CONNECTED);
        }
      }
      case CONNECTED -> {
        long interrupted = interruptedNanos;
        Ingest open = ingest;
        boolean cutOff =
            interrupted != 0 && nowNanos - interrupted > limits.interruptionLimit().toNanos();
        if (cutOff || (open != null && open.isEnded())) {
          // A reading thread that died would leave a publisher that is heard and never read.
          lost(LeaveReason.CONNECTION_LOST);
        } else if (open != null && nowNanos - open.heardNanos() > limits.videoSilence().toNanos()) {
          lost(LeaveReason.SILENT);
        }
      }
      case CLOSED -> {
        // Gone already.
      }
    }
  }

  private void lost(LeaveReason reason) {
    if (state != Viewer.State.CLOSED) {
      Work.run(work, () -> leave(reason));
    }
  }

  /** Ends the publisher's session. When this returns, its peer is closed, whoever closed it. */
  @Override
  public void close() {
    close(LeaveReason.ENDED);
  }

  void close(LeaveReason reason) {
    if (!leave(reason)) {
      released.join();
    }
  }

  /** Closes it; false when another does so, or has done so. */
  private boolean leave(LeaveReason reason) {
    if (!move(Viewer.State.CONNECTING, Viewer.State.CLOSED)
        && !move(Viewer.State.CONNECTED, Viewer.State.CLOSED)) {
      return false;
    }
    try {
      peer.close();
    } finally {
      Ingest open = ingest;
      if (open != null) {
        open.close();
      }
      released.complete(null);
      left.complete(reason);
    }
    return true;
  }

  private synchronized boolean move(Viewer.State from, Viewer.State to) {
    if (state != from) {
      return false;
    }
    state = to;
    return true;
  }
}
