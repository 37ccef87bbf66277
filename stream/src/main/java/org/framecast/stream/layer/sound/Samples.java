package org.framecast.stream.layer.sound;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Interleaved float samples in a block's memory. */
final class Samples {
  private static final double DECIBELS_PER_FACTOR = 20;

  private Samples() {}

  static float at(MemorySegment pcm, long index) {
    return pcm.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  /** Writes a sample, cut off at full scale. */
  static void put(MemorySegment pcm, long index, float value) {
    pcm.setAtIndex(ValueLayout.JAVA_FLOAT, index, Math.clamp(value, -1f, 1f));
  }

  /** The factor of so many decibels. */
  static float factor(double decibels) {
    return (float) Math.pow(10, decibels / DECIBELS_PER_FACTOR);
  }

  /** A level against full scale in decibels; minus infinity for silence. */
  static double decibels(double level) {
    return DECIBELS_PER_FACTOR * Math.log10(level);
  }
}
