package org.framecast.stream.webrtc.ingest;

/**
 * What a receiver reports of one sender.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Source:</b> RFC 3550 §6.4.1, §A.3, §A.8.
 */
final class ReceptionStatistics {
  private static final long NANOS = 1_000_000_000L;

  private final int clockRateHz;
  private boolean started;
  private long base;
  private long highest;
  private long received;
  private long expectedPrior;
  private long receivedPrior;
  private boolean timed;
  private int lastTransit;
  // In 16ths, as §A.8 keeps it.
  private long jitter16;
  private int reportMiddle;
  private long reportArrivalNanos;

  ReceptionStatistics(int clockRateHz) {
    this.clockRateHz = clockRateHz;
  }

  /** Counts a packet, a repeated one too. */
  void packet(int sequence, int timestamp, long arrivalNanos) {
    if (!started) {
      started = true;
      base = sequence + 0x1_0000L;
      highest = base;
    } else {
      highest = Math.max(highest, highest + (short) (sequence - (int) highest));
    }
    received++;
    int transit = rtp(arrivalNanos) - timestamp;
    if (timed) {
      long difference = Math.abs((long) (transit - lastTransit));
      jitter16 += difference - ((jitter16 + 8) >> 4);
    }
    timed = true;
    lastTransit = transit;
  }

  private int rtp(long nanos) {
    long seconds = Math.floorDiv(nanos, NANOS);
    return (int) (seconds * clockRateHz + Math.floorMod(nanos, NANOS) * clockRateHz / NANOS);
  }

  /** The sender began its numbers anew. */
  void restart() {
    started = false;
    timed = false;
    received = 0;
    expectedPrior = 0;
    receivedPrior = 0;
  }

  /** A sender report came: the next reports say so. */
  void senderReport(long ntp, long arrivalNanos) {
    reportMiddle = (int) (ntp >>> 16);
    reportArrivalNanos = arrivalNanos;
  }

  boolean hasPackets() {
    return started;
  }

  /** The extended highest sequence number, cycles from 0. */
  int extendedHighest() {
    return (int) (highest - 0x1_0000L);
  }

  /** Cumulative, 24 bits signed. */
  int lost() {
    long lost = highest - base + 1 - received;
    return (int) Math.max(-0x80_0000, Math.min(0x7f_ffff, lost));
  }

  /** In 256ths since the last call. */
  int fractionLost() {
    long expected = highest - base + 1;
    long expectedInterval = expected - expectedPrior;
    long receivedInterval = received - receivedPrior;
    expectedPrior = expected;
    receivedPrior = received;
    long lost = expectedInterval - receivedInterval;
    return expectedInterval <= 0 || lost <= 0
        ? 0
        : (int) Math.min(255, (lost << 8) / expectedInterval);
  }

  int jitter() {
    return (int) (jitter16 >> 4);
  }

  /** The middle 32 bits of the last sender report's time, 0 when there was none. */
  int lastReport() {
    return reportMiddle;
  }

  /** In 65,536ths of a second. */
  int delaySinceReport(long nowNanos) {
    return reportMiddle == 0 ? 0 : (int) ((nowNanos - reportArrivalNanos) * 65_536 / NANOS);
  }

  long received() {
    return received;
  }
}
