package org.framecast.stream.pipeline;

/**
 * Quantiles of durations.
 *
 * @param count how many samples they stand on
 */
public record Percentiles(long p50Nanos, long p95Nanos, int count) {
  /** Of no samples. */
  public static final Percentiles NONE = new Percentiles(0, 0, 0);

  public double p50Millis() {
    return p50Nanos / 1e6;
  }

  public double p95Millis() {
    return p95Nanos / 1e6;
  }
}
