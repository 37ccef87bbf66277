package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerListener;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.sdp.LocalTransport;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.SdpWriter;
import org.jspecify.annotations.Nullable;

/**
 * The negotiation of one offer, from the peer's opening to the complete answer; after that it hands
 * what the peer tells on to its guest.
 *
 * @param <G> who the peer belongs to then
 * @param <R> what comes of it
 *     <p><b>Thread:</b> callbacks come on native threads and only set flags; the answer is built,
 *     and peers are closed, on the thread that begins or on work threads.
 */
abstract class Negotiation<G extends Guest, R> implements PeerListener {
  private final Offer offer;
  private final NegotiatorRuntime runtime;
  private final ViewerIds ids;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private final AtomicBoolean answering = new AtomicBoolean();
  private final AtomicBoolean decided = new AtomicBoolean();
  // What is decided is carried out, and who begins has returned. Nothing runs on their completion
  // but what the desk does.
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  // Whether it was decided without a guest.
  private volatile boolean ended;
  // Until then the thread that begins will look for the answer itself.
  private volatile boolean accepted;
  private volatile @Nullable Peer peer;
  private volatile List<TrackSpec> tracks = List.of();
  private volatile @Nullable G guest;
  private volatile PeerState lastState = PeerState.NEW;
  private volatile Consumer<G> watcher = guest -> {};

  Negotiation(Offer offer, NegotiatorRuntime runtime) {
    this.offer = offer;
    this.runtime = runtime;
    this.ids = new ViewerIds(runtime.random());
  }

  /** Adds a track for each accepted section. */
  abstract List<TrackSpec> addTracks(Peer peer);

  /** Makes the one who the peer belongs to; nothing of it is known to others yet. */
  abstract G guest(Peer peer);

  /**
   * Takes the guest in, or closes the peer and says why not. When it throws, the guest is closed.
   */
  abstract R admit(G guest, Peer peer, String answer);

  abstract boolean isAdmitted(R outcome);

  abstract R refused(NegotiationResult.NoAnswer why);

  final CompletableFuture<R> result() {
    return result;
  }

  /** Completes when its peer is closed, or is a guest's whom others know, and it opens no other. */
  final CompletableFuture<Void> finished() {
    return CompletableFuture.allOf(begun, settled);
  }

  final Offer offer() {
    return offer;
  }

  final NegotiatorRuntime runtime() {
    return runtime;
  }

  final ViewerIds ids() {
    return ids;
  }

  /**
   * Does nothing where it has ended already.
   *
   * @param watch is given who is admitted
   */
  final void start(PeerTransport transport, Duration limit, Consumer<G> watch) {
    watcher = watch;
    try {
      if (!decided.get()) {
        limit(limit);
        open(transport);
      }
    } catch (RuntimeException | Error e) {
      end(new NegotiationResult.Failed(known(e, "the negotiation did not begin")));
    } finally {
      begun.complete(null);
    }
  }

  private void open(PeerTransport transport) {
    Peer opened = transport.openPeer(this);
    peer = opened;
    if (ended) {
      // It ended before the peer was known to those who end it.
      opened.close();
      return;
    }
    tracks = addTracks(opened);
    opened.acceptOffer(SdpWriter.libraryOffer(offer));
    accepted = true;
    answer();
  }

  private void limit(Duration limit) {
    Future<?> timeout =
        runtime
            .timer()
            .schedule(
                () -> later(() -> end(new NegotiationResult.TimedOut())),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
    result.whenComplete(
        (outcome, failure) -> {
          timeout.cancel(false);
          // Cancelled by the caller: nobody will take the answer.
          if (failure != null) {
            abandon();
          }
        });
  }

  private static MediaException known(Throwable e, String message) {
    return e instanceof MediaException known
        ? known
        : new MediaException(MediaException.Code.TRANSPORT_FAILED, message, e);
  }

  @Override
  public final void gatheringComplete() {
    if (accepted && !answering.get()) {
      later(this::answer);
    }
  }

  @Override
  public final void stateChanged(PeerState state) {
    lastState = state;
    G known = guest;
    if (known != null) {
      known.stateChanged(state);
    } else if (state == PeerState.FAILED || state == PeerState.CLOSED) {
      later(() -> end(failed("the peer connection ended before its answer")));
    }
  }

  @Override
  public final void trackOpened(String mid) {
    G known = guest;
    if (known != null) {
      known.trackOpened(mid);
    }
  }

  @Override
  public final void rtcpReceived(String mid, ByteBuffer packet) {
    G known = guest;
    if (known != null) {
      known.rtcpReceived(mid, packet);
    }
  }

  @Override
  public final void rtpReceived(String mid, MemorySegment packet) {
    G known = guest;
    if (known != null) {
      known.rtpReceived(mid, packet);
    }
  }

  /** Answers if every candidate is known: as soon as the offer is accepted, or later. */
  private void answer() {
    Peer opened = peer;
    if (opened == null || decided.get()) {
      return;
    }
    try {
      Optional<String> description = opened.completeDescription();
      if (description.isEmpty() || !answering.compareAndSet(false, true)) {
        return;
      }
      Optional<LocalTransport> local = description.flatMap(LocalTransport::read);
      if (local.isEmpty()) {
        end(failed("the library's description lacks something"));
        return;
      }
      String text = SdpWriter.answer(offer, local.get(), tracks, ids.sessionId());
      welcome(opened, text);
    } catch (RuntimeException | Error e) {
      end(new NegotiationResult.Failed(known(e, "there is no answer")));
    }
  }

  private void welcome(Peer opened, String answer) {
    G arrived = guest(opened);
    if (!decided.compareAndSet(false, true)) {
      return;
    }
    guest = arrived;
    R outcome = taken(arrived, opened, answer);
    boolean admitted = isAdmitted(outcome);
    try {
      if (admitted) {
        watcher.accept(arrived);
      }
    } finally {
      settled.complete(null);
      if (!result.complete(outcome) && admitted) {
        arrived.close(LeaveReason.ENDED);
      }
    }
    // A state that came before there was somebody to tell.
    if (admitted && (lastState == PeerState.FAILED || lastState == PeerState.CLOSED)) {
      arrived.stateChanged(lastState);
    }
  }

  /** It is decided, so nobody else completes the result: whatever fails now is one. */
  private R taken(G arrived, Peer opened, String answer) {
    try {
      return admit(arrived, opened, answer);
    } catch (RuntimeException | Error e) {
      try {
        arrived.close(LeaveReason.STREAM_ENDED);
      } catch (RuntimeException | Error more) {
        e.addSuppressed(more);
      }
      return refused(new NegotiationResult.Failed(known(e, "the peer was not taken in")));
    }
  }

  /** Ends the negotiation without an answer. */
  final void end(NegotiationResult.NoAnswer outcome) {
    if (decided.compareAndSet(false, true)) {
      try {
        closePeer();
      } finally {
        // First, since nobody shall wait for what others do with the result.
        settled.complete(null);
        result.complete(refused(outcome));
      }
    }
  }

  private void abandon() {
    if (decided.compareAndSet(false, true)) {
      try {
        closePeer();
      } finally {
        settled.complete(null);
      }
    }
  }

  private void closePeer() {
    ended = true;
    Peer opened = peer;
    if (opened != null) {
      opened.close();
    }
  }

  private static NegotiationResult.NoAnswer failed(String message) {
    return new NegotiationResult.Failed(
        new MediaException(MediaException.Code.TRANSPORT_FAILED, message));
  }

  private void later(Runnable task) {
    Work.run(runtime.work(), task);
  }
}
