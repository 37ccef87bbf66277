package org.framecast.web.body;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;

/**
 * The places of bodies that are waited for: so many in all, so many for one network address, and so
 * many bytes together.
 *
 * <p><b>Thread:</b> any.
 */
final class BodyPlaces {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final ServerConfig.Bodies limits;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int taken;
  private long heldBytes;

  BodyPlaces(ServerConfig.Bodies limits) {
    this.limits = limits;
  }

  /** Takes a place; otherwise says why there is none. */
  synchronized Optional<Problem> take(String address) {
    int ofAddress = byAddress.getOrDefault(address, 0);
    if (ofAddress >= limits.maxWaitingPerAddress()) {
      return Optional.of(full(429, "from this address"));
    }
    if (taken >= limits.maxWaiting()) {
      return Optional.of(full(503, "to this server"));
    }
    byAddress.put(address, ofAddress + 1);
    taken++;
    return Optional.empty();
  }

  /** Counts bytes that a body with a place has got; otherwise says why they are too many. */
  synchronized Optional<Problem> hold(int bytes) {
    if (heldBytes + bytes > limits.maxWaitingBytes()) {
      return Optional.of(full(503, "to this server"));
    }
    heldBytes += bytes;
    return Optional.empty();
  }

  /** Gives a place back, with the bytes that were counted for it. */
  synchronized void release(String address, int bytes) {
    taken--;
    heldBytes -= bytes;
    byAddress.compute(
        address, (same, count) -> count == null || count == 1 ? null : Integer.valueOf(count - 1));
  }

  synchronized int taken() {
    return taken;
  }

  synchronized long heldBytes() {
    return heldBytes;
  }

  private static Problem full(int status, String whose) {
    return Problem.of(
            "too-many-bodies",
            status,
            "Too many bodies are waited for",
            "Too many bodies of other requests " + whose + " have not arrived yet.")
        .after(SOON);
  }
}
