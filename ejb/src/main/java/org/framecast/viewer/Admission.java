package org.framecast.viewer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.framecast.problem.Problem;

/**
 * Counts places, in all and by those who take them.
 *
 * <p><b>Thread:</b> any.
 */
public final class Admission {
  private final Limits limits;
  private final Map<String, Integer> perCaller = new HashMap<>();
  private int total;

  /**
   * How many there may be.
   *
   * @param ofCaller what a caller hears who has as many as it may
   * @param ofAll what it hears when the server has
   */
  public record Limits(int max, int maxPerCaller, Problem ofCaller, Problem ofAll) {}

  public Admission(Limits limits) {
    this.limits = limits;
  }

  /** A place that is given up once. */
  public final class Place {
    private final List<String> callers;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place(List<String> callers) {
      this.callers = callers;
    }

    /** Idempotent. */
    public void release() {
      if (taken.compareAndSet(true, false)) {
        Admission.this.release(callers);
      }
    }
  }

  /** What became of a wish for a place. */
  public sealed interface Entry {
    /** It is taken. */
    record Admitted(Place place) implements Entry {}

    /** There is none. */
    record Full(Problem problem) implements Entry {}
  }

  /**
   * Takes a place.
   *
   * @param callers the names that one caller goes by, each of which is counted: its address, its
   *     session
   */
  public synchronized Entry enter(String... callers) {
    for (String caller : callers) {
      if (perCaller.getOrDefault(caller, 0) >= limits.maxPerCaller()) {
        return new Entry.Full(limits.ofCaller());
      }
    }
    if (total >= limits.max()) {
      return new Entry.Full(limits.ofAll());
    }
    List<String> names = List.of(callers);
    names.forEach(name -> perCaller.merge(name, 1, Integer::sum));
    total++;
    return new Entry.Admitted(new Place(names));
  }

  private synchronized void release(List<String> callers) {
    total--;
    callers.forEach(name -> perCaller.computeIfPresent(name, (c, n) -> n > 1 ? n - 1 : null));
  }

  /** Places that are taken now. */
  public synchronized int total() {
    return total;
  }
}
