package org.framecast.viewer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.framecast.problem.Problem;

/**
 * Counts viewers and negotiations, in all and by address.
 *
 * <p><b>Thread:</b> any.
 */
final class Admission {
  private final int max;
  private final int maxPerAddress;
  private final Map<String, Integer> perAddress = new HashMap<>();
  private int total;

  Admission(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  /** A place that is given up once. */
  final class Place {
    private final String address;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place(String address) {
      this.address = address;
    }

    /** Idempotent. */
    void release() {
      if (taken.compareAndSet(true, false)) {
        Admission.this.release(address);
      }
    }
  }

  /** What became of a wish for a place. */
  sealed interface Entry {
    /** It is taken. */
    record Admitted(Place place) implements Entry {}

    /** There is none. */
    record Full(Problem problem) implements Entry {}
  }

  synchronized Entry enter(String address) {
    int ofAddress = perAddress.getOrDefault(address, 0);
    if (ofAddress >= maxPerAddress) {
      return new Entry.Full(ViewerProblems.tooManyOfAddress());
    }
    if (total >= max) {
      return new Entry.Full(ViewerProblems.tooMany());
    }
    perAddress.put(address, ofAddress + 1);
    total++;
    return new Entry.Admitted(new Place(address));
  }

  private synchronized void release(String address) {
    total--;
    perAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
  }

  synchronized int total() {
    return total;
  }
}
