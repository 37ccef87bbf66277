package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The model of a viewer and the rules that follow it, on scripted feedback. */
class RateRulesTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void lossUnderTwoPercentGrowsOverTenShrinksAndBetweenStays() {
    ViewerRate rate = new ViewerRate(false);
    assertEquals(0, rate.estimateBps(0), "nothing is known yet");
    rate.sending(1_000_000);
    rate.report(0.01, 0);
    assertEquals(1_050_000, rate.estimateBps(0));
    rate.report(0.05, 0);
    assertEquals(1_050_000, rate.estimateBps(0));
    rate.report(0.20, 0);
    assertEquals(900_000, rate.estimateBps(0));
    rate.report(0.20, 0);
    assertEquals(810_000, rate.estimateBps(0));
    for (int i = 0; i < 30; i++) {
      rate.report(0, 0);
    }
    assertEquals(1_500_000, rate.estimateBps(0), "no further than half above what is sent");
  }

  @Test
  void aSceneThatBeginsToMoveIsNoSlowViewer() {
    ViewerRate rate = new ViewerRate(false);
    rate.sending(100_000);
    rate.report(0, 0);
    rate.sending(1_500_000);
    rate.report(0.01, 0);
    assertTrue(rate.estimateBps(0) >= 1_500_000);
  }

  @Test
  void nothingIsConcludedFromSilence() {
    ViewerRate rate = new ViewerRate(false);
    rate.sending(100_000);
    rate.sending(1_500_000);
    assertEquals(0, rate.estimateBps(SECOND));
  }

  @Test
  void theViewersOwnEstimateCountsWhenItFallsAndPacketsCarryTheirTime() {
    ViewerRate with = new ViewerRate(true);
    ViewerRate without = new ViewerRate(false);
    for (ViewerRate rate : new ViewerRate[] {with, without}) {
      rate.sending(1_000_000);
      rate.report(0.05, 0);
      rate.limit(300_000, 0);
      assertEquals(1_000_000, rate.estimateBps(0), "it begins low and rises: that says nothing");
      rate.limit(1_400_000, SECOND);
      rate.limit(900_000, 2 * SECOND);
      rate.limit(800_000, 2 * SECOND);
      assertEquals(1_000_000, rate.estimateBps(2 * SECOND), "it may have hiccuped");
      rate.limit(600_000, 2 * SECOND);
    }
    assertEquals(600_000, with.estimateBps(2 * SECOND));
    assertEquals(1_000_000, without.estimateBps(2 * SECOND));
    with.limit(700_000, 3 * SECOND);
    assertEquals(700_000, with.estimateBps(3 * SECOND));
    with.report(0.05, 7 * SECOND);
    assertEquals(1_000_000, with.estimateBps(8 * SECOND), "an old word");
    assertEquals(0, with.estimateBps(13 * SECOND), "it reports no more");
  }

  @Test
  void downAfterTwoSecondsUpAfterTen() {
    RungRule rule = new RungRule();
    assertEquals(RungRule.Move.STAY, rule.decide(1_000_000, 800_000, 0));
    assertEquals(RungRule.Move.STAY, rule.decide(1_000_000, 800_000, 2 * SECOND - 1));
    assertEquals(RungRule.Move.DOWN, rule.decide(1_000_000, 800_000, 2 * SECOND));
    rule.moved(RungRule.Move.DOWN, 2 * SECOND);
    assertEquals(RungRule.Move.STAY, rule.decide(300_000, 400_000, 3 * SECOND));
    assertEquals(RungRule.Move.STAY, rule.decide(300_000, 400_000, 13 * SECOND - 1));
    assertEquals(RungRule.Move.UP, rule.decide(300_000, 400_000, 13 * SECOND));
  }

  @Test
  void oneBadMomentIsNotEnough() {
    RungRule rule = new RungRule();
    for (long second = 0; second < 60; second++) {
      long estimate = second % 2 == 0 ? 500_000 : 1_000_000;
      assertEquals(RungRule.Move.STAY, rule.decide(1_000_000, estimate, second * SECOND));
    }
  }

  @Test
  void whoFallsBackWaitsTwiceAsLong() {
    RungRule rule = new RungRule();
    long now = 0;
    long wait = RungRule.UP_AFTER_NANOS;
    for (int round = 0; round < 6; round++) {
      rule.moved(RungRule.Move.DOWN, now);
      rule.decide(300_000, 400_000, now);
      assertEquals(RungRule.Move.STAY, rule.decide(300_000, 400_000, now + wait - 1));
      assertEquals(RungRule.Move.UP, rule.decide(300_000, 400_000, now + wait));
      now += wait;
      rule.moved(RungRule.Move.UP, now);
      rule.decide(1_000_000, 500_000, now);
      now += RungRule.DOWN_AFTER_NANOS;
      assertEquals(RungRule.Move.DOWN, rule.decide(1_000_000, 500_000, now));
      wait = Math.min(RungRule.MAX_UP_AFTER_NANOS, 2 * wait);
    }
    assertEquals(RungRule.MAX_UP_AFTER_NANOS, wait);
  }

  @Test
  void whoStaysUpHasProvedIt() {
    RungRule rule = new RungRule();
    rule.moved(RungRule.Move.UP, 0);
    rule.moved(RungRule.Move.DOWN, SECOND);
    rule.moved(RungRule.Move.UP, 30 * SECOND);
    rule.decide(1_000_000, 1_000_000, 30 * SECOND + RungRule.PROOF_NANOS);
    rule.moved(RungRule.Move.DOWN, 100 * SECOND);
    rule.decide(300_000, 400_000, 100 * SECOND);
    assertEquals(RungRule.Move.UP, rule.decide(300_000, 400_000, 110 * SECOND));
  }

  @Test
  void theLowestRenditionFollowsTheBestOfItsViewersInSteps() {
    BitrateRule rule = new BitrateRule();
    assertEquals(0, rule.decide(1_000_000, 1_200_000, 0));
    assertEquals(0, rule.decide(1_000_000, 500_000, SECOND));
    assertEquals(400_000, rule.decide(1_000_000, 500_000, 4 * SECOND));
    assertEquals(400_000, rule.decide(400_000, 500_000, 5 * SECOND));
    assertEquals(400_000, rule.decide(400_000, 500_000, 19 * SECOND));
    assertEquals(0, rule.decide(400_000, 500_000, 20 * SECOND));
    assertEquals(0, rule.decide(1_000_000, 20_000, 30 * SECOND));
    assertEquals(BitrateRule.MIN_BPS, rule.decide(1_000_000, 20_000, 33 * SECOND));
  }
}
