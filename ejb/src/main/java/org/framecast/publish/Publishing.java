package org.framecast.publish;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.auth.Grant;
import org.framecast.auth.Secret;
import org.framecast.auth.SecretHash;
import org.framecast.live.Handshake;
import org.framecast.live.LiveProblems;
import org.framecast.live.PeerStreams;
import org.framecast.live.StreamDirectory;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.Session;
import org.framecast.session.SessionSetup;
import org.framecast.session.StreamMode;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.Codec;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.PeerPublisher;
import org.framecast.stream.webrtc.WhipResult;
import org.framecast.viewer.PeerEdge;
import org.framecast.viewer.ViewerProblems;
import org.jspecify.annotations.Nullable;

/**
 * Takes publishers in, finds them by their secrets, and lets them go.
 *
 * <p><b>Thread:</b> any. Negotiation begins on the calling thread, and no thread waits for it.
 */
@Singleton
public class Publishing {
  private static final int ETAG_BYTES = 12;

  private final StreamDirectory directory;
  private final Handshake handshake;
  private final PeerStreams streams;
  private final MediaCodecs codecs;
  private final Map<SecretHash, WhipSession> sessions = new ConcurrentHashMap<>();
  private volatile @Nullable PeerEdge running;

  @Inject
  public Publishing(
      StreamDirectory directory, Handshake handshake, PeerStreams streams, MediaCodecs codecs) {
    this.directory = directory;
    this.handshake = handshake;
    this.streams = streams;
    this.codecs = codecs;
  }

  /**
   * Publishers may come from now on.
   *
   * <p><b>Ownership:</b> the edge stays the caller's.
   */
  public void start(PeerEdge edge) {
    running = edge;
  }

  /** Nobody comes any more, and everybody goes. */
  public void stop() {
    running = null;
    Closing.each(sessions.values(), session -> session.publisher().close());
  }

  /** Answers an offer; the stage never fails, and completes within the negotiation limit. */
  public CompletionStage<PublishOutcome> publish(PublishRequest request) {
    PeerEdge edge = running;
    if (edge == null) {
      return refused(ViewerProblems.failed());
    }
    SessionSetup setup;
    try {
      requireRight(request.stream(), request.caller());
      setup = handshake.reserve(request.caller(), StreamMode.VIDEO);
    } catch (ProblemException e) {
      return refused(e.problem());
    }
    return negotiated(request, setup, edge);
  }

  /**
   * @throws ProblemException with 404 for a stream that is not known, with 403 for one that is
   *     another's
   */
  public void requireRight(String stream, Session caller) {
    if (!caller.grants().contains(new Grant.Publish(stream))) {
      throw (directory.isKnown(stream)
              ? PublishProblems.mayNotPublish()
              : LiveProblems.streamUnknown())
          .asException();
    }
  }

  private CompletionStage<PublishOutcome> negotiated(
      PublishRequest request, SessionSetup setup, PeerEdge edge) {
    PeerStreams.Place place = streams.place(setup);
    return edge.publish(request.stream(), request.offer(), taken(), place)
        .handle((result, failure) -> outcome(request, setup, place, result, failure));
  }

  /** What can be decoded, and encoded again when a layer is switched on. */
  private Set<Codec> taken() {
    Set<Codec> both = EnumSet.copyOf(codecs.decoders());
    both.retainAll(codecs.encoders());
    return both;
  }

  private PublishOutcome outcome(
      PublishRequest request,
      SessionSetup setup,
      PeerStreams.Place place,
      @Nullable WhipResult result,
      @Nullable Throwable failure) {
    PublishOutcome outcome =
        switch (result) {
          case null ->
              new PublishOutcome.Refused(
                  ViewerProblems.broken(
                      failure == null ? new IllegalStateException("no result") : failure));
          case WhipResult.Answered(String answer, PeerPublisher publisher) ->
              answered(request, answer, publisher);
          case WhipResult.Refused(NegotiationResult.StreamEnded ended) ->
              new PublishOutcome.Refused(
                  place.refusal().orElseGet(() -> ViewerProblems.lost(request.caller())));
          case WhipResult.Refused(var why) -> new PublishOutcome.Refused(ViewerProblems.of(why));
        };
    if (outcome instanceof PublishOutcome.Refused) {
      setup.claim().release();
    }
    return outcome;
  }

  private PublishOutcome answered(PublishRequest request, String answer, PeerPublisher publisher) {
    Secret secret = Secret.random();
    SecretHash key = secret.hash();
    WhipSession session =
        new WhipSession(
            request.stream(),
            publisher,
            "\"" + Secret.randomText(ETAG_BYTES) + "\"",
            request.caller(),
            request.token());
    sessions.put(key, session);
    PublishMessages.LOG.joined(publisher.id(), request.stream());
    publisher
        .left()
        .thenAccept(
            reason -> {
              sessions.remove(key);
              PublishMessages.LOG.left(publisher.id(), request.stream(), reason.name());
            });
    if (!request.caller().hasRights() || running == null) {
      publisher.close();
      return new PublishOutcome.Refused(ViewerProblems.lost(request.caller()));
    }
    return new PublishOutcome.Answered(answer, secret, session);
  }

  /**
   * The WHIP session of that secret.
   *
   * @throws ProblemException with 404 when there is none, with 403 when another session owns it
   */
  public WhipSession session(String stream, String secret, Session caller) {
    WhipSession session =
        known(stream, secret).orElseThrow(() -> PublishProblems.sessionUnknown().asException());
    if (session.owner() != caller) {
      throw PublishProblems.mayNotPublish().asException();
    }
    return session;
  }

  /**
   * The WHIP session of that secret, for whoever holds the token that opened it: a program is given
   * one token and knows of no other, however often the page exchanges its own meanwhile. With it
   * the session can be ended, which closing its connection would do as well, and nothing else.
   */
  public Optional<WhipSession> opened(String stream, String secret, String token) {
    return known(stream, secret).filter(session -> session.opener().equals(SecretHash.of(token)));
  }

  /**
   * Ends a WHIP session, for one of those who ask for it.
   *
   * @throws ProblemException with 404 when another was first
   */
  public void end(WhipSession session) {
    if (!sessions.values().remove(session)) {
      throw PublishProblems.sessionUnknown().asException();
    }
    session.publisher().close();
  }

  private Optional<WhipSession> known(String stream, String secret) {
    return Optional.ofNullable(sessions.get(SecretHash.of(secret)))
        .filter(session -> session.stream().equals(stream));
  }

  private static CompletionStage<PublishOutcome> refused(Problem problem) {
    return CompletableFuture.completedStage(new PublishOutcome.Refused(problem));
  }
}
