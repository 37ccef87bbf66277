package org.framecast.viewer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.auth.Grant;
import org.framecast.auth.Secret;
import org.framecast.auth.SecretHash;
import org.framecast.config.ServerConfig;
import org.framecast.live.LiveProblems;
import org.framecast.live.StreamDirectory;
import org.framecast.problem.Problem;
import org.framecast.session.Session;
import org.framecast.session.SessionEnded;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.Viewer;
import org.jspecify.annotations.Nullable;

/**
 * Takes viewers in, finds them by their secrets, and lets them go.
 *
 * <p><b>Thread:</b> any. Negotiation begins on the calling thread, and no thread waits for it.
 */
@Singleton
public class Viewing {
  private static final int ETAG_BYTES = 12;

  private final StreamDirectory streams;
  private final Admission viewers;
  private final Admission pending;
  private final Map<SecretHash, WhepSession> sessions = new ConcurrentHashMap<>();
  private volatile @Nullable PeerEdge running;

  @Inject
  public Viewing(StreamDirectory streams, ServerConfig config) {
    this.streams = streams;
    this.viewers =
        new Admission(
            new Admission.Limits(
                config.webRtc().maxViewers(),
                config.webRtc().maxViewersPerAddress(),
                ViewerProblems.tooManyOfAddress(),
                ViewerProblems.tooMany()));
    this.pending =
        new Admission(
            new Admission.Limits(
                config.webRtc().signalling().maxPending(),
                config.webRtc().signalling().maxPendingPerCaller(),
                ViewerProblems.tooManyPendingOfCaller(),
                ViewerProblems.tooManyPending()));
  }

  /**
   * Viewers may come from now on.
   *
   * <p><b>Ownership:</b> the edge stays the caller's.
   */
  public void start(PeerEdge edge) {
    running = edge;
  }

  /** Nobody comes any more, and everybody goes. */
  public void stop() {
    running = null;
    Closing.each(sessions.values(), session -> session.viewer().close());
  }

  /** Answers an offer; the stage never fails, and completes within the negotiation limit. */
  public CompletionStage<ViewOutcome> view(ViewRequest request) {
    PeerEdge edge = running;
    if (edge == null) {
      return refused(ViewerProblems.failed());
    }
    if (!request.owner().grants().contains(new Grant.ViewAny())) {
      return refused(ViewerProblems.mayNotView());
    }
    return switch (streams.find(request.stream())) {
      case StreamDirectory.Found.Absent absent -> refused(absent.problem());
      case StreamDirectory.Found.Present found -> admitted(request, found, edge);
    };
  }

  /** A viewer's place until it leaves, and an offer's until there is a connection. */
  private record Places(Admission.Place viewer, Admission.Place offer) {
    void release() {
      offer.release();
      viewer.release();
    }
  }

  private CompletionStage<ViewOutcome> admitted(
      ViewRequest request, StreamDirectory.Found.Present stream, PeerEdge edge) {
    return switch (viewers.enter(request.address())) {
      case Admission.Entry.Full full -> refused(full.problem());
      case Admission.Entry.Admitted(Admission.Place viewer) ->
          switch (pending.enter(request.address(), request.owner().id())) {
            case Admission.Entry.Full full -> {
              viewer.release();
              yield refused(full.problem());
            }
            case Admission.Entry.Admitted(Admission.Place offer) ->
                negotiated(request, stream, edge, new Places(viewer, offer));
          };
    };
  }

  private CompletionStage<ViewOutcome> negotiated(
      ViewRequest request, StreamDirectory.Found.Present stream, PeerEdge edge, Places places) {
    return edge.view(request.offer(), stream.formats(), stream.start())
        .handle((result, failure) -> outcome(request, places, result, failure));
  }

  private ViewOutcome outcome(
      ViewRequest request,
      Places places,
      @Nullable NegotiationResult result,
      @Nullable Throwable failure) {
    ViewOutcome outcome =
        switch (result) {
          case null ->
              new ViewOutcome.Refused(
                  ViewerProblems.broken(
                      failure == null ? new IllegalStateException("no result") : failure));
          case NegotiationResult.Answered(String answer, Viewer viewer) ->
              answered(request, places, answer, viewer);
          case NegotiationResult.StreamEnded ended -> new ViewOutcome.Refused(gone(request));
          case NegotiationResult.NoAnswer why -> new ViewOutcome.Refused(ViewerProblems.of(why));
        };
    if (outcome instanceof ViewOutcome.Refused) {
      places.release();
    }
    return outcome;
  }

  /** Why a stream that was there has no room for its viewer any more. */
  private Problem gone(ViewRequest request) {
    if (running == null || !request.owner().hasRights()) {
      return ViewerProblems.lost(request.owner());
    }
    return switch (streams.find(request.stream())) {
      case StreamDirectory.Found.Absent absent -> absent.problem();
      // It begins again with the next offer.
      case StreamDirectory.Found.Present again -> LiveProblems.notPublished();
    };
  }

  private ViewOutcome answered(ViewRequest request, Places places, String answer, Viewer viewer) {
    Secret secret = Secret.random();
    SecretHash key = secret.hash();
    WhepSession session =
        new WhepSession(
            request.stream(),
            viewer,
            "\"" + Secret.randomText(ETAG_BYTES) + "\"",
            request.owner(),
            request.address(),
            request.userAgent());
    sessions.put(key, session);
    viewer.settled().thenRun(places.offer()::release);
    viewer
        .left()
        .thenAccept(
            reason -> {
              sessions.remove(key);
              places.release();
              ViewerMessages.LOG.left(viewer.id(), request.stream(), reason.name());
            });
    if (!request.owner().hasRights() || running == null) {
      viewer.close();
      return new ViewOutcome.Refused(ViewerProblems.lost(request.owner()));
    }
    ViewerMessages.LOG.joined(viewer.id(), request.stream());
    return new ViewOutcome.Answered(answer, secret, session);
  }

  /**
   * Ends a WHEP session, for one of those who ask for it.
   *
   * @throws org.framecast.problem.ProblemException as {@link #session(String, String, Session)}
   */
  public void end(String stream, String secret, Session caller) {
    WhepSession session = session(stream, secret, caller);
    if (!sessions.remove(SecretHash.of(secret), session)) {
      throw ViewerProblems.sessionUnknown().asException();
    }
    session.viewer().close();
  }

  /**
   * The WHEP session of that secret.
   *
   * @throws org.framecast.problem.ProblemException with 404 when there is none, with 403 when
   *     another session owns it
   */
  public WhepSession session(String stream, String secret, Session caller) {
    WhepSession session = session(stream, secret);
    if (session.owner() != caller) {
      throw ViewerProblems.notOwner().asException();
    }
    return session;
  }

  /**
   * The WHEP session of that secret, for a bearer of the secret alone: a browser's event source
   * sends no token.
   *
   * @throws org.framecast.problem.ProblemException with 404 when there is none
   */
  public WhepSession session(String stream, String secret) {
    WhepSession session = sessions.get(SecretHash.of(secret));
    if (session == null || !session.stream().equals(stream)) {
      throw ViewerProblems.sessionUnknown().asException();
    }
    return session;
  }

  /** Those who watch a stream. */
  public List<WhepSession> of(String stream) {
    return sessions.values().stream()
        .filter(session -> session.stream().equals(stream))
        .sorted((a, b) -> a.viewer().since().compareTo(b.viewer().since()))
        .toList();
  }

  /** Offers that have no connection yet. */
  public int pendingOffers() {
    return pending.total();
  }

  /** Peer connections that are open now, 0 when none can be. */
  public int livePeers() {
    return Optional.ofNullable(running).map(PeerEdge::livePeers).orElse(0);
  }

  /** Peer connections that were opened since the start. */
  public long peersOpened() {
    return Optional.ofNullable(running).map(PeerEdge::peersOpened).orElse(0L);
  }

  void sessionEnded(@Observes SessionEnded event) {
    List<WhepSession> over =
        sessions.values().stream().filter(session -> session.owner() == event.session()).toList();
    Closing.each(over, session -> session.viewer().close());
  }

  private static CompletionStage<ViewOutcome> refused(Problem problem) {
    return CompletableFuture.completedStage(new ViewOutcome.Refused(problem));
  }
}
