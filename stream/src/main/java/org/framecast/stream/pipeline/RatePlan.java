package org.framecast.stream.pipeline;

import java.util.OptionalDouble;
import org.framecast.stream.media.Codec;

/**
 * What an encoder is opened for: the {@linkplain Bitrates model's} rate for the picture, and below
 * it what the viewers can take. Each change opens the encoder again and costs a keyframe, so both
 * move in steps, not for small differences, and not often.
 *
 * <p><b>Thread:</b> one at a time; {@link #feedback} any.
 */
final class RatePlan {
  /** From one step of the viewers' limit to the next. */
  static final double STEP = 0.8;

  /** A viewer's estimate must be so far above the higher step before it is tried. */
  static final double HEADROOM = 1.15;

  /** Down soon: packets are being lost. */
  static final long DOWN_NANOS = 2_000_000_000L;

  /** Up late: an estimate grows again before the path can take it. */
  static final long UP_NANOS = 8_000_000_000L;

  /** Content changes with scenes, not with seconds. */
  static final long CONTENT_NANOS = 10_000_000_000L;

  private static final int MAX_STEPS = 16;
  private static final double CONTENT_TOLERANCE = 1.35;

  private final int fixedBps;
  private volatile int feedbackBps;
  private double contentFactor = 1;
  private long contentSinceNanos;
  private boolean contentSeen;
  private int step;
  private long stepSinceNanos;
  private boolean stepped;

  /**
   * @param fixedBps 0 for the model's rate
   */
  RatePlan(int fixedBps) {
    this.fixedBps = fixedBps;
  }

  /** What the viewers can take; 0 when nothing limits them. */
  void feedback(int bps) {
    feedbackBps = bps;
  }

  /** The rate for pictures of that kind now. */
  int targetBps(
      Codec codec, int width, int height, double fps, OptionalDouble motion, long nowNanos) {
    if (motion.isPresent()) {
      content(motion.getAsDouble(), nowNanos);
    }
    int full =
        fixedBps > 0 ? fixedBps : Bitrates.videoBps(codec, width, height, fps, contentFactor);
    follow(full, feedbackBps, nowNanos);
    return atStep(full, step);
  }

  private void content(double motion, long nowNanos) {
    double factor = Bitrates.contentFactor(motion);
    boolean held = contentSeen && nowNanos - contentSinceNanos < CONTENT_NANOS;
    boolean other =
        factor > contentFactor * CONTENT_TOLERANCE || factor * CONTENT_TOLERANCE < contentFactor;
    if (other && !held) {
      contentFactor = factor;
      contentSinceNanos = nowNanos;
      contentSeen = true;
    }
  }

  private void follow(int fullBps, int limitBps, long nowNanos) {
    if (limitBps <= 0) {
      if (step > 0 && since(nowNanos) >= DOWN_NANOS) {
        change(0, nowNanos);
      }
    } else if (limitBps < atStep(fullBps, step)) {
      if (!stepped || since(nowNanos) >= DOWN_NANOS) {
        change(lowestStepFor(fullBps, limitBps), nowNanos);
      }
    } else if (step > 0
        && limitBps >= atStep(fullBps, step - 1) * HEADROOM
        && since(nowNanos) >= UP_NANOS) {
      change(step - 1, nowNanos);
    }
  }

  private int lowestStepFor(int fullBps, int limitBps) {
    int lower = step;
    while (lower < MAX_STEPS && atStep(fullBps, lower) > Math.max(limitBps, Bitrates.MIN_BPS)) {
      lower++;
    }
    return lower;
  }

  private long since(long nowNanos) {
    return nowNanos - stepSinceNanos;
  }

  private void change(int next, long nowNanos) {
    stepped = true;
    step = next;
    stepSinceNanos = nowNanos;
  }

  private static int atStep(int fullBps, int step) {
    return (int) Math.max(Math.min(fullBps, Bitrates.MIN_BPS), fullBps * Math.pow(STEP, step));
  }
}
