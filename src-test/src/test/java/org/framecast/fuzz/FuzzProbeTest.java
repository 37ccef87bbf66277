package org.framecast.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a probe takes for a broken rule, and what it takes for the machine's doing. */
class FuzzProbeTest {
  private static final long LONG_NANOS = FuzzProbe.LIMIT_NANOS + 1;
  private static final byte[] INPUT = {1};

  private long wallNanos;
  private long workNanos;
  private int fed;

  private FuzzProbe probe(Predicate<byte[]> body) {
    return new FuzzProbe(
        new FuzzTarget() {
          @Override
          public List<byte[]> seeds() {
            return List.of();
          }

          @Override
          public boolean feed(byte[] input) {
            fed++;
            return body.test(input);
          }

          @Override
          public void close() {}
        },
        () -> wallNanos,
        () -> workNanos);
  }

  private boolean worksFor(long nanos) {
    wallNanos += nanos;
    workNanos += nanos;
    return true;
  }

  @Test
  void whatIsWorkedOnForTooLongEachTimeBreaksTheLimit() {
    FuzzProbe probe = probe(input -> worksFor(LONG_NANOS));
    AssertionError error = assertThrows(AssertionError.class, () -> probe.feed(INPUT));
    assertEquals("took 100 ms", error.getMessage());
    assertEquals(3, fed);
  }

  @Test
  void aMachineThatLetsItWaitBreaksNothing() {
    FuzzProbe probe =
        probe(
            input -> {
              wallNanos += 50 * LONG_NANOS;
              return worksFor(1_000);
            });
    probe.feed(INPUT);
    assertEquals(1_000, probe.slowestNanos());
    assertEquals(1, fed);
  }

  @Test
  void whatIsSlowOnlyTheFirstTimeIsForgiven() {
    FuzzProbe probe = probe(input -> worksFor(fed == 1 ? LONG_NANOS : 7));
    probe.feed(INPUT);
    assertEquals(7, probe.slowestNanos());
    assertEquals(1, probe.good());
    assertEquals(1, probe.inputs());
  }

  @Test
  void aLineInTheLogBreaksTheSilence() {
    Logger log = Logger.getLogger("org.framecast.fuzz.test");
    FuzzProbe probe =
        probe(
            input -> {
              log.log(input[0] == 1 ? Level.FINE : Level.INFO, "a stranger says {0}", input[0]);
              return false;
            });
    probe.feed(INPUT);
    AssertionError error = assertThrows(AssertionError.class, () -> probe.feed(new byte[] {2}));
    assertEquals("logged: INFO org.framecast.fuzz.test: a stranger says {0}", error.getMessage());
    probe.feed(INPUT);
  }
}
