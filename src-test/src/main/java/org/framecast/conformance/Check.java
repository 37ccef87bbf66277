package org.framecast.conformance;

/**
 * One sentence of a clause and the way to find out whether an endpoint keeps to it.
 *
 * @param clause the number in {@code docs/conformance.md}, with a letter where it has several
 *     sentences
 */
public record Check(String clause, Level level, String text, Probe probe) {
  /** Asks the endpoint. */
  @FunctionalInterface
  public interface Probe {
    /**
     * Returns when the endpoint keeps to the sentence.
     *
     * @throws Departure when it does not
     * @throws NotApplicable when it cannot be told
     */
    void ask(Endpoint endpoint);
  }

  /** The endpoint does something else than the clause says. */
  public static final class Departure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Departure(String what) {
      super(what);
    }
  }

  /** The clause cannot be tried on this endpoint, or not with these options. */
  public static final class NotApplicable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotApplicable(String why) {
      super(why);
    }
  }

  /** What came of it. */
  public sealed interface Verdict {
    record Passed() implements Verdict {}

    record Failed(String reason) implements Verdict {}

    record Skipped(String reason) implements Verdict {}
  }

  /** The number of the clause without its letter. */
  public int number() {
    return Integer.parseInt(clause.replaceAll("[a-z]+$", ""));
  }

  /** Tries it; never throws. */
  public Verdict run(Endpoint endpoint) {
    try {
      probe.ask(endpoint);
      return new Verdict.Passed();
    } catch (Departure e) {
      return new Verdict.Failed(String.valueOf(e.getMessage()));
    } catch (NotApplicable e) {
      return new Verdict.Skipped(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Verdict.Failed("no answer: " + e);
    }
  }

  /**
   * @throws Departure when it does not hold
   */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Departure(otherwise);
    }
  }
}
