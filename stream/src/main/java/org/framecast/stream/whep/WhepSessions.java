package org.framecast.stream.whep;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.Viewer;

/**
 * The viewers who came by HTTP, each under a secret of its own until it leaves.
 *
 * <p><b>Thread:</b> any.
 */
final class WhepSessions {
  private static final int SECRET_BYTES = 16;

  /** What became of an offer. */
  sealed interface Outcome {
    /** There is a viewer. */
    record Opened(String secret, String answer) implements Outcome {}

    /** There is none. */
    record Refused(NegotiationResult.NoAnswer why) implements Outcome {}

    /** Nothing has come yet that could be watched. */
    record TooEarly() implements Outcome {}

    /** There are as many viewers as there may be. */
    record Full() implements Outcome {}
  }

  private final Function<String, Optional<CompletableFuture<NegotiationResult>>> stream;
  private final BooleanSupplier hasRoom;
  private final SecureRandom random;
  private final Object places = new Object();
  private final Map<String, Viewer> viewers = new ConcurrentHashMap<>();

  /**
   * @param stream answers an offer; absent as long as there is nothing to watch
   * @param hasRoom whether one more may come; counts whoever is being answered
   */
  WhepSessions(
      Function<String, Optional<CompletableFuture<NegotiationResult>>> stream,
      BooleanSupplier hasRoom,
      SecureRandom random) {
    this.stream = stream;
    this.hasRoom = hasRoom;
    this.random = random;
  }

  /** Answers an offer; waits for the answer, which comes within the negotiator's limit. */
  Outcome open(String offer) {
    Optional<CompletableFuture<NegotiationResult>> answer;
    // What has begun counts: of two offers for one place, one begins.
    synchronized (places) {
      if (!hasRoom.getAsBoolean()) {
        return new Outcome.Full();
      }
      answer = stream.apply(offer);
    }
    return answer.<Outcome>map(begun -> outcome(begun.join())).orElseGet(Outcome.TooEarly::new);
  }

  private Outcome outcome(NegotiationResult result) {
    return switch (result) {
      case NegotiationResult.NoAnswer none -> new Outcome.Refused(none);
      case NegotiationResult.Answered answered -> {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        Viewer viewer = answered.viewer();
        viewers.put(secret, viewer);
        // It may have left already: then this runs at once.
        viewer.left().thenRun(() -> viewers.remove(secret));
        yield new Outcome.Opened(secret, answered.answer());
      }
    };
  }

  /** The viewer of that secret, as long as it is there. */
  Optional<Viewer> find(String secret) {
    return Optional.ofNullable(viewers.get(secret));
  }
}
