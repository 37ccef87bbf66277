package org.framecast.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.framecast.live.ChannelTarget;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.framecast.stream.media.Codec;
import org.framecast.stream.webrtc.ingest.RtpTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that a stranger's bytes reach takes broken ones in great number: none throws, none
 * takes 100 ms, none leaves memory behind. {@code bin/bench fuzz} runs it with a million each.
 */
class StrangersInputTest {
  private static final int INPUTS = Integer.getInteger("framecast.fuzz.inputs", 8_000);
  private static final long SEED = Long.getLong("framecast.fuzz.seed", 20_261_121);

  static Stream<Arguments> targets() {
    return Stream.concat(
        Stream.of(
            Arguments.of("offers", new OfferTarget(offer -> {})),
            Arguments.of("fragments", new FragmentTarget()),
            Arguments.of("RTCP", new RtcpTarget()),
            Arguments.of("channel messages", new ChannelTarget())),
        Stream.of(Codec.values())
            .map(codec -> Arguments.of("RTP of " + codec, new RtpTarget(codec))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void brokenInputIsTakenInTimeAndLeavesNothing(String what, FuzzTarget target) {
    FuzzRun run = FuzzRun.of(target, INPUTS, SEED);
    System.out.println("fuzz: " + what + ": " + run);
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
