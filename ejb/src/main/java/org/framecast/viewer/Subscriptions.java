package org.framecast.viewer;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.auth.Secret;
import org.framecast.auth.SecretHash;
import org.framecast.config.ServerConfig;
import org.framecast.live.StreamDirectory;
import org.framecast.stream.webrtc.LeaveReason;

/**
 * The viewers' subscriptions to events. Each ends with its viewer at the latest.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class Subscriptions {
  private final StreamDirectory streams;
  private final int maxPerViewer;
  private final Map<SecretHash, EventSubscription> subscriptions = new ConcurrentHashMap<>();

  @Inject
  public Subscriptions(StreamDirectory streams, ServerConfig config) {
    this.streams = streams;
    this.maxPerViewer = config.webRtc().signalling().maxSubscriptions();
  }

  /**
   * Opens one.
   *
   * @return the last part of its URL; kept nowhere as text
   * @throws org.framecast.problem.ProblemException with 429 when the viewer has as many as it may
   */
  public Secret subscribe(WhepSession session, Set<ViewerEvent.Type> types) {
    Secret secret = Secret.random();
    SecretHash key = secret.hash();
    EventSubscription subscription = new EventSubscription(session, types);
    // One at a time, or two requests could take the last place.
    synchronized (session) {
      if (subscriptions.values().stream().filter(s -> s.session() == session).count()
          >= maxPerViewer) {
        throw ViewerProblems.tooManySubscriptions().asException();
      }
      subscriptions.put(key, subscription);
    }
    session
        .viewer()
        .left()
        .thenAccept(
            reason -> {
              subscriptions.remove(key);
              subscription.end(
                  reason == LeaveReason.STREAM_ENDED
                      ? List.of(new ViewerEvent.Inactive())
                      : List.of());
            });
    return secret;
  }

  /**
   * The subscription of that secret.
   *
   * @throws org.framecast.problem.ProblemException with 404 when this session has none such
   */
  public EventSubscription find(WhepSession session, String secret) {
    EventSubscription found = subscriptions.get(SecretHash.of(secret));
    if (found == null || found.session() != session) {
      throw ViewerProblems.subscriptionUnknown().asException();
    }
    return found;
  }

  /**
   * Ends a subscription.
   *
   * @throws org.framecast.problem.ProblemException with 404 when this session has none such
   */
  public void end(WhepSession session, String secret) {
    EventSubscription found = find(session, secret);
    subscriptions.remove(SecretHash.of(secret));
    found.end(List.of());
  }

  /** Once a second: tells what is new. Each stream is looked at once, however many ask. */
  public void tick() {
    Map<String, Optional<StreamNow>> seen = new HashMap<>();
    for (EventSubscription subscription : subscriptions.values()) {
      subscription.tick(
          seen.computeIfAbsent(
              subscription.session().stream(), name -> StreamNow.read(streams, name)));
    }
  }

  /** Subscriptions that there are now. */
  public int size() {
    return subscriptions.size();
  }
}
