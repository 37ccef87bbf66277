package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.PeerTrack;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.rtp.NtpTimeline;
import org.framecast.stream.webrtc.rtp.PacketBatch;
import org.framecast.stream.webrtc.rtp.RtpTime;
import org.framecast.stream.webrtc.rtp.SenderReport;
import org.framecast.stream.webrtc.rtp.StreamIdentity;

/**
 * One track of one viewer, as its sender sees it.
 *
 * <p><b>Thread:</b> {@link #send} the track's sender; {@link #open} a native thread; the numbers
 * any.
 */
final class ViewerTrack {
  /** Reports while a receiver learns how sound and picture belong together. */
  private static final int EARLY_REPORTS = 4;

  private static final long EARLY_REPORT_NANOS = 200_000_000L;

  private final TrackSpec spec;
  private final PeerTrack track;
  private final byte[] cname;
  private final int firstSequence;

  private volatile boolean open;
  private volatile boolean closed;
  private boolean started;
  private StreamIdentity identity;
  private long reportNanos;
  private int reports;

  // Written by the sender alone.
  private volatile long packets;
  private volatile long bytes;
  private volatile long dropped;
  private long payloadBytes;
  // When the first packet after the viewer's last report was sent; 0 when it has answered.
  private volatile long unansweredNanos;

  /**
   * @param firstSequence of the first packet that it will send
   */
  ViewerTrack(TrackSpec spec, PeerTrack track, StreamIdentity identity, int firstSequence) {
    this.spec = spec;
    this.track = track;
    this.identity = identity;
    this.firstSequence = firstSequence;
    this.cname = SenderReport.cname(spec.cname());
  }

  TrackSpec spec() {
    return spec;
  }

  MediaKind kind() {
    return spec.kind();
  }

  void open() {
    open = true;
  }

  boolean isOpen() {
    return open && !closed;
  }

  /** Nothing is sent from now on. */
  void close() {
    closed = true;
  }

  /** Whether the track waits for a unit that decodes alone. */
  boolean awaitsKeyframe() {
    return isOpen() && !started;
  }

  /**
   * Sends the packets of one unit, with this viewer's numbers.
   *
   * @return whether the track will send again
   */
  boolean send(PacketBatch batch, Delivery delivery) {
    if (!isOpen()) {
      return !closed;
    }
    if (!started) {
      if (!delivery.decodesAlone()) {
        return true;
      }
      started = true;
      identity = identity.startingAt(batch.firstSequence(), firstSequence);
    }
    if (isReportDue(delivery)) {
      sendReport(delivery);
    }
    batch.address(identity);
    return sendPackets(batch, delivery.nowNanos());
  }

  private boolean sendPackets(PacketBatch batch, long nowNanos) {
    long sent = 0;
    long sentBytes = 0;
    long lost = 0;
    boolean alive = true;
    for (int i = 0; i < batch.count() && alive; i++) {
      int size = batch.sizeBytes(i);
      switch (track.send(batch.packet(i), size)) {
        case SENT -> {
          sent++;
          sentBytes += size;
        }
        case DROPPED -> lost++;
        case CLOSED -> alive = false;
      }
    }
    packets += sent;
    bytes += sentBytes;
    dropped += lost;
    payloadBytes += sentBytes - sent * PacketBatch.HEADER_BYTES;
    if (sent > 0 && unansweredNanos == 0) {
      unansweredNanos = nowNanos == 0 ? 1 : nowNanos;
    }
    if (!alive) {
      closed = true;
    }
    return alive;
  }

  private boolean isReportDue(Delivery delivery) {
    long interval =
        reports < EARLY_REPORTS
            ? Math.min(EARLY_REPORT_NANOS, delivery.reportIntervalNanos())
            : delivery.reportIntervalNanos();
    return reports == 0 || delivery.nowNanos() - reportNanos >= interval;
  }

  private void sendReport(Delivery delivery) {
    NtpTimeline timeline = delivery.timeline();
    MemorySegment report = delivery.report();
    int time =
        RtpTime.of(delivery.ptsNanos(), spec.codec().clockRateHz()) + identity.timestampOffset();
    int size =
        SenderReport.write(
            report,
            identity.ssrc(),
            timeline.ntp(delivery.ptsNanos()),
            time,
            (int) packets,
            (int) payloadBytes,
            cname);
    track.send(report, size);
    reports++;
    reportNanos = delivery.nowNanos();
  }

  /** The viewer reported something. */
  void answered() {
    unansweredNanos = 0;
  }

  /** Since when the viewer has been sent packets without a word; 0 when it is not. */
  long unansweredNanos() {
    return unansweredNanos;
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }

  long dropped() {
    return dropped;
  }
}
