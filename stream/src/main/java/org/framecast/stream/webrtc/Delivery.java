package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.webrtc.rtp.NtpTimeline;

/** What a track's sender knows of the unit that is sent now; one object, filled for each unit. */
final class Delivery {
  private final NtpTimeline timeline;
  private final MemorySegment report;
  private final long reportIntervalNanos;
  private long ptsNanos;
  private long nowNanos;
  private boolean decodesAlone;

  Delivery(NtpTimeline timeline, MemorySegment report, long reportIntervalNanos) {
    this.timeline = timeline;
    this.report = report;
    this.reportIntervalNanos = reportIntervalNanos;
  }

  void of(long pts, long now, boolean alone) {
    ptsNanos = pts;
    nowNanos = now;
    decodesAlone = alone;
  }

  NtpTimeline timeline() {
    return timeline;
  }

  /** Memory for one sender report. */
  MemorySegment report() {
    return report;
  }

  long reportIntervalNanos() {
    return reportIntervalNanos;
  }

  long ptsNanos() {
    return ptsNanos;
  }

  long nowNanos() {
    return nowNanos;
  }

  boolean decodesAlone() {
    return decodesAlone;
  }
}
