package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;

class RatePlanTest {
  private static final long SECOND = 1_000_000_000L;
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  private final RatePlan plan = new RatePlan(0);

  private int at(long seconds, OptionalDouble motion) {
    return plan.targetBps(Codec.VP8, 640, 360, 30, motion, seconds * SECOND);
  }

  private int at(long seconds) {
    return at(seconds, UNKNOWN);
  }

  @Test
  void withoutFeedbackItIsTheModels() {
    assertEquals(500_000, at(0));
    plan.feedback(3_000_000);
    assertEquals(500_000, at(20));
  }

  @Test
  void itGoesDownAtOnceToTheStepThatFits() {
    assertEquals(500_000, at(0));
    plan.feedback(330_000);
    assertEquals(320_000, at(1));
  }

  @Test
  void itGoesDownAgainOnlyAfterAWhile() {
    plan.feedback(410_000);
    assertEquals(400_000, at(1));
    plan.feedback(300_000);
    assertEquals(400_000, at(2));
    assertEquals(256_000, at(4));
  }

  @Test
  void itGoesUpLateStepByStepAndWithRoomToSpare() {
    plan.feedback(330_000);
    assertEquals(320_000, at(1));
    plan.feedback(440_000);
    assertEquals(320_000, at(20), "400 kb/s asks for 460");
    plan.feedback(2_000_000);
    assertEquals(400_000, at(21));
    assertEquals(400_000, at(28));
    assertEquals(500_000, at(30));
  }

  @Test
  void feedbackThatSwingsCostsFewKeyframes() {
    int changes = 0;
    int last = at(0);
    for (int i = 0; i < 600; i++) {
      plan.feedback(i % 2 == 0 ? 300_000 : 900_000);
      int next = plan.targetBps(Codec.VP8, 640, 360, 30, UNKNOWN, i * SECOND / 10);
      changes += next == last ? 0 : 1;
      last = next;
    }
    assertTrue(changes <= 15, changes + " changes in a minute");
  }

  @Test
  void neverBelowWhatShowsAnything() {
    plan.feedback(1);
    assertEquals(Bitrates.MIN_BPS, at(1));
  }

  @Test
  void withTheLimitGoneItIsTheModelsAgain() {
    plan.feedback(330_000);
    assertEquals(320_000, at(1));
    plan.feedback(0);
    assertEquals(500_000, at(4));
  }

  @Test
  void stillContentGetsLessAfterAWhileAndNotForEachChange() {
    assertEquals(500_000, at(0));
    assertEquals(250_000, at(3, OptionalDouble.of(0.1)));
    assertEquals(250_000, at(5, OptionalDouble.of(30)));
    assertEquals(750_000, at(14, OptionalDouble.of(30)));
    assertEquals(750_000, at(30, OptionalDouble.of(7.5)), "a small difference is none");
  }

  @Test
  void aFixedRateIsKept() {
    RatePlan fixed = new RatePlan(777_000);
    assertEquals(
        777_000, fixed.targetBps(Codec.VP8, 640, 360, 30, OptionalDouble.of(0), 9 * SECOND));
  }
}
