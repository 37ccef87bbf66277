package org.framecast.stream.webrtc.ingest;

/**
 * Gives the units of one track their presentation times on the stream's clock.
 *
 * <p>Until the first sender report the time follows from the arrival of the first packet; after it
 * from the publisher's clock, which its tracks share. The way from one to the other is walked, not
 * jumped, so that times rise and sound is not torn.
 *
 * <p><b>Thread:</b> one.
 */
final class TrackTimeline {
  private static final long NANOS = 1_000_000_000L;

  /** A tenth of the time that passes: 30 ms are walked in 300. */
  private static final long SLEW = 10;

  /** Further apart than this is another clock, not a measurement. */
  private static final long JUMP_NANOS = 1_000_000_000L;

  /** Further from its arrival no unit is. */
  private static final long MAX_AWAY_NANOS = 5 * JUMP_NANOS;

  private final IngestTimeline shared;
  private final int clockRateHz;
  private boolean started;
  private long lastTicks;
  private long anchorTicks;
  private long anchorNanos;
  private boolean reported;
  private long reportTicks;
  private long reportNtpNanos;
  private long correctionNanos;
  private long lastRawNanos;
  private long lastPtsNanos = Long.MIN_VALUE;

  TrackTimeline(IngestTimeline shared, int clockRateHz) {
    this.shared = shared;
    this.clockRateHz = clockRateHz;
  }

  /** The presentation time of a unit; larger than that of the unit before. */
  long pts(int timestamp, long arrivalNanos) {
    long ticks = unwrap(timestamp);
    if (!started) {
      anchor(ticks, arrivalNanos);
    }
    long raw = anchorNanos + nanos(ticks - anchorTicks);
    if (Math.abs(raw + correctionNanos - arrivalNanos) > MAX_AWAY_NANOS) {
      anchor(ticks, arrivalNanos);
      raw = arrivalNanos;
      reported = false;
    }
    if (reported && shared.isTied()) {
      walk(raw, ticks, arrivalNanos);
    }
    lastRawNanos = raw;
    long pts = raw + correctionNanos;
    shared.arrived(arrivalNanos - pts, arrivalNanos);
    lastPtsNanos = Math.max(pts, lastPtsNanos + 1);
    return lastPtsNanos;
  }

  private void anchor(long ticks, long arrivalNanos) {
    started = true;
    anchorTicks = ticks;
    anchorNanos = arrivalNanos;
    correctionNanos = 0;
    lastRawNanos = arrivalNanos;
  }

  private void walk(long raw, long ticks, long arrivalNanos) {
    long target = shared.pts(reportNtpNanos + nanos(ticks - reportTicks)) - raw;
    if (Math.abs(raw + target - arrivalNanos) > MAX_AWAY_NANOS) {
      // The publisher's clock was set. Each track knows that from its next report on.
      reported = false;
      shared.untie();
      return;
    }
    long difference = target - correctionNanos;
    if (Math.abs(difference) > JUMP_NANOS) {
      correctionNanos = target;
      return;
    }
    long most = Math.max(0, (raw - lastRawNanos) / SLEW);
    correctionNanos += Math.max(-most, Math.min(most, difference));
  }

  /** A sender report says which of the track's times belongs to which of the publisher's clock. */
  void senderReport(long ntp, int timestamp) {
    if (!started) {
      return;
    }
    reportTicks = near(timestamp);
    reportNtpNanos = IngestTimeline.nanos(ntp);
    reported = true;
    if (!shared.isTied()) {
      shared.tie(reportNtpNanos, anchorNanos + nanos(reportTicks - anchorTicks) + correctionNanos);
    }
  }

  private long unwrap(int timestamp) {
    lastTicks = started ? near(timestamp) : timestamp & 0xffff_ffffL;
    return lastTicks;
  }

  private long near(int timestamp) {
    return lastTicks + (timestamp - (int) lastTicks);
  }

  private long nanos(long ticks) {
    long seconds = Math.floorDiv(ticks, clockRateHz);
    return seconds * NANOS + Math.floorMod(ticks, (long) clockRateHz) * NANOS / clockRateHz;
  }
}
