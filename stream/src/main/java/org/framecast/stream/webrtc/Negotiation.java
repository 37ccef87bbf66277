package org.framecast.stream.webrtc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerListener;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.sdp.LocalTransport;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.PlannedSection;
import org.framecast.stream.webrtc.sdp.SdpWriter;
import org.jspecify.annotations.Nullable;

/**
 * The negotiation of one offer, from the peer's opening to the complete answer; after that it hands
 * what the peer tells on to its viewer.
 *
 * <p><b>Thread:</b> callbacks come on native threads and only set flags; the answer is built, and
 * peers are closed, on work threads.
 */
final class Negotiation implements PeerListener {
  private final Offer offer;
  private final FanOut stream;
  private final NegotiatorRuntime runtime;
  private final ViewerIds ids;
  private final CompletableFuture<NegotiationResult> result = new CompletableFuture<>();
  // The answer needs the description and the end of gathering, in whatever order they come.
  private final AtomicInteger awaited = new AtomicInteger(2);
  private final AtomicBoolean described = new AtomicBoolean();
  private final AtomicBoolean gathered = new AtomicBoolean();
  private final AtomicBoolean decided = new AtomicBoolean();
  // Whether it was decided without a viewer.
  private volatile boolean ended;
  private volatile @Nullable Peer peer;
  private volatile List<ViewerTrack> tracks = List.of();
  private volatile @Nullable Viewer viewer;
  private volatile PeerState lastState = PeerState.NEW;

  Negotiation(Offer offer, FanOut stream, NegotiatorRuntime runtime) {
    this.offer = offer;
    this.stream = stream;
    this.runtime = runtime;
    this.ids = new ViewerIds(runtime.random());
  }

  CompletableFuture<NegotiationResult> result() {
    return result;
  }

  void start(PeerTransport transport, Duration limit) {
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
    try {
      Peer opened = transport.openPeer(this);
      peer = opened;
      List<ViewerTrack> added = new ArrayList<>();
      for (PlannedSection.Accepted section : offer.accepted()) {
        TrackSpec spec = ids.track(section);
        added.add(new ViewerTrack(spec, opened.addTrack(spec), ids.identity(spec), ids.numbers()));
      }
      tracks = List.copyOf(added);
      opened.acceptOffer(SdpWriter.libraryOffer(offer));
      if (ended) {
        // It ended before the peer was known to those who end it.
        opened.close();
      }
    } catch (MediaException e) {
      end(new NegotiationResult.Failed(e));
    }
  }

  @Override
  public void localDescription(String sdp) {
    if (described.compareAndSet(false, true)) {
      arrived();
    }
  }

  @Override
  public void gatheringComplete() {
    if (gathered.compareAndSet(false, true)) {
      arrived();
    }
  }

  private void arrived() {
    if (awaited.decrementAndGet() == 0) {
      later(this::answer);
    }
  }

  @Override
  public void stateChanged(PeerState state) {
    lastState = state;
    Viewer known = viewer;
    if (known != null) {
      known.peerState(state);
    } else if (state == PeerState.FAILED || state == PeerState.CLOSED) {
      later(() -> end(failed("the peer connection ended before its answer")));
    }
  }

  @Override
  public void trackOpened(String mid) {
    Viewer known = viewer;
    if (known != null) {
      known.trackOpened(mid);
    }
  }

  @Override
  public void rtcpReceived(String mid, ByteBuffer packet) {
    Viewer known = viewer;
    if (known != null) {
      known.rtcp(mid, packet);
    }
  }

  private void answer() {
    Peer opened = peer;
    if (opened == null || decided.get()) {
      return;
    }
    try {
      Optional<LocalTransport> local = opened.localDescription().flatMap(LocalTransport::read);
      if (local.isEmpty()) {
        end(failed("the library's description lacks something"));
        return;
      }
      List<TrackSpec> specs = tracks.stream().map(ViewerTrack::spec).toList();
      String text = SdpWriter.answer(offer, local.get(), specs, ids.sessionId());
      welcome(opened, text);
    } catch (MediaException e) {
      end(new NegotiationResult.Failed(e));
    }
  }

  private void welcome(Peer opened, String answer) {
    Viewer arrived =
        new Viewer(
            new Viewer.Identity(
                ids.publicId(),
                runtime.wallClock().instant(),
                offer.ice(),
                offer.candidates().size()),
            opened,
            stream,
            tracks,
            runtime.work(),
            runtime.clock());
    if (!decided.compareAndSet(false, true)) {
      return;
    }
    viewer = arrived;
    switch (stream.add(arrived)) {
      case ENDED -> {
        opened.close();
        result.complete(new NegotiationResult.StreamEnded());
        return;
      }
      case FULL -> {
        opened.close();
        result.complete(new NegotiationResult.Unusable("no room for another codec"));
        return;
      }
      case ADDED -> {
        // It is one of the stream's viewers now.
      }
    }
    stream.listener().joined(arrived);
    // A state that came before there was somebody to tell.
    if (lastState == PeerState.FAILED || lastState == PeerState.CLOSED) {
      arrived.peerState(lastState);
    }
    if (!result.complete(new NegotiationResult.Answered(answer, arrived))) {
      arrived.close();
    }
  }

  /** Ends the negotiation without an answer. */
  void end(NegotiationResult outcome) {
    if (decided.compareAndSet(false, true)) {
      closePeer();
      result.complete(outcome);
    }
  }

  private void abandon() {
    if (decided.compareAndSet(false, true)) {
      closePeer();
    }
  }

  private void closePeer() {
    ended = true;
    Peer opened = peer;
    if (opened != null) {
      opened.close();
    }
  }

  private static NegotiationResult failed(String message) {
    return new NegotiationResult.Failed(
        new MediaException(MediaException.Code.TRANSPORT_FAILED, message));
  }

  private void later(Runnable task) {
    Work.run(runtime.work(), task);
  }
}
