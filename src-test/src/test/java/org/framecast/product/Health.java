package org.framecast.product;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** The counts that the server tells of itself: peers, encoders, frames, threads. */
final class Health {
  private final Api api;

  Health(Api api) {
    this.api = api;
  }

  long count(String name) {
    JsonObject health = api.send(api.request("/health/live").GET().build()).json();
    for (JsonValue check : health.getJsonArray("checks")) {
      JsonObject data = check.asJsonObject().getJsonObject("data");
      if (data != null && data.containsKey(name)) {
        return data.getJsonNumber(name).longValue();
      }
    }
    throw new AssertionError("no count " + name + " in " + health);
  }

  /** Waits until the server runs no stream and holds no peer and no codec of one. */
  void awaitNoStream(Duration limit) {
    for (String name :
        List.of("publishers", "streams_live", "peers", "encoders", "native_codecs")) {
      await(name, count -> count == 0, limit);
    }
  }

  /** Waits until a count suits. */
  void await(String name, LongPredicate suits, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    long value = count(name);
    while (!suits.test(value)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(name + " is still " + value + " after " + limit);
      }
      LockSupport.parkNanos(50_000_000L);
      value = count(name);
    }
  }
}
