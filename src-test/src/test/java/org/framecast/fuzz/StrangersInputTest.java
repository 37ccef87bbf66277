package org.framecast.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that a stranger's bytes reach takes broken ones in great number: none throws, none
 * takes 100 ms, none leaves memory behind. {@code bin/bench fuzz} runs it with a million each.
 */
class StrangersInputTest {
  private static final int INPUTS = Integer.getInteger("framecast.fuzz.inputs", 8_000);
  private static final long SEED = Long.getLong("framecast.fuzz.seed", 20_261_121);
  private static final Duration HANGS = Duration.ofSeconds(60).plus(Duration.ofMillis(INPUTS));

  static Set<String> targets() {
    return FuzzTargets.all().keySet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void brokenInputIsTakenInTimeAndLeavesNothing(String name) {
    FuzzRun run =
        assertTimeoutPreemptively(
            HANGS,
            () -> {
              try (FuzzTarget target = FuzzTargets.open(name)) {
                return FuzzRun.of(target, INPUTS, SEED);
              }
            });
    System.out.println("fuzz: " + name + ": " + run);
    assertTrue(run.good() > 0, "the mutants are all refused at the door: " + run);
    assertTrue(run.good() < INPUTS, "the mutations do nothing: " + run);
  }

  @Test
  void theLibraryAnswersWhatIsRebuiltFromBrokenOffers() {
    int share = Math.max(1, INPUTS / 2_000);
    try (RtcLibrary library =
        RtcLibrary.open(RtcOptions.of(Thread.ofPlatform().daemon().name("fuzz-", 0).factory()))) {
      NativeOffers offers = new NativeOffers(library, share);
      System.out.println("fuzz: offers through the library: " + offers.run(INPUTS, SEED + 1));
      assertTrue(offers.answered() > 50, "the library answers nothing");
      assertEquals(0, library.livePeers());
    }
  }
}
