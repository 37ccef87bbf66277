package org.framecast.stream.webrtc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.webrtc.rtp.NtpTimeline;
import org.framecast.stream.webrtc.rtp.SenderReport;

/**
 * What the tracks of one stream need to send, on one sender.
 *
 * <p><b>Ownership:</b> owns the memory of one report.
 */
final class SendContext implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment report = arena.allocate(SenderReport.MAX_BYTES, 8);
  private final NtpTimeline timeline;
  private final MediaClock clock;
  private final long reportIntervalNanos;

  SendContext(NtpTimeline timeline, MediaClock clock, long reportIntervalNanos) {
    this.timeline = timeline;
    this.clock = clock;
    this.reportIntervalNanos = reportIntervalNanos;
  }

  NtpTimeline timeline() {
    return timeline;
  }

  MediaClock clock() {
    return clock;
  }

  /** Memory for one sender report. */
  MemorySegment report() {
    return report;
  }

  long reportIntervalNanos() {
    return reportIntervalNanos;
  }

  @Override
  public void close() {
    arena.close();
  }
}
