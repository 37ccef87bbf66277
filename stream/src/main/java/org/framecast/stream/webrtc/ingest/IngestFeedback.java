package org.framecast.stream.webrtc.ingest;

import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.RtcpListener;

/**
 * What the publisher is told: reports and the bitrate it may send once a second, missing packets
 * and wanted keyframes soon, each within its limits.
 *
 * <p><b>Thread:</b> one.
 */
final class IngestFeedback {
  private static final int MAX_ASKS = 128;
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Reports while the publisher learns what the path takes. */
  private static final int EARLY_REPORTS = 10;

  private static final long EARLY_REPORT_NANOS = 100_000_000L;

  private final IngestSettings settings;
  private final ReceivingTrack[] tracks;
  private final RtcpWriter writer;
  private final RtcpSender sender;
  private final int[] sequences = new int[MAX_ASKS];
  private final Reader reader = new Reader();
  private boolean heard;
  private int reports;
  private long reportedNanos;
  private boolean asked;
  private long askedNanos;
  private long secondNanos;
  private int asksLeft;

  IngestFeedback(
      IngestSettings settings, ReceivingTrack[] tracks, RtcpWriter writer, RtcpSender sender) {
    this.settings = settings;
    this.tracks = tracks;
    this.writer = writer;
    this.sender = sender;
    asksLeft = settings.maxAsksPerSecond();
  }

  /** A packet of a track came; the first one is answered at once. */
  void heard(ReceivingTrack track, long nowNanos) {
    if (!heard && track.statistics().hasPackets()) {
      heard = true;
      report(nowNanos);
    }
  }

  /** Reads what the publisher reports. */
  RtcpListener reader(long arrivalNanos) {
    reader.arrivalNanos = arrivalNanos;
    return reader;
  }

  /** Sends what is due. */
  void tick(long nowNanos) {
    long interval =
        reports < EARLY_REPORTS ? EARLY_REPORT_NANOS : settings.reportInterval().toNanos();
    if (heard && nowNanos - reportedNanos >= interval) {
      report(nowNanos);
    }
    if (nowNanos - secondNanos >= SECOND_NANOS) {
      secondNanos = nowNanos;
      asksLeft = settings.maxAsksPerSecond();
    }
    for (ReceivingTrack track : tracks) {
      askAgain(track, nowNanos);
    }
  }

  private void report(long nowNanos) {
    reports++;
    reportedNanos = nowNanos;
    writer.begin(tracks, nowNanos);
    writer.bitrateLimit(settings.bitrateCeilingBps(), tracks);
    send();
  }

  /** Sound is not asked for again: it would come too late to be heard. */
  private void askAgain(ReceivingTrack track, long nowNanos) {
    if (track.kind() == MediaKind.VIDEO && track.isWaiting() && asksLeft > 0) {
      int count = track.due(nowNanos, sequences, Math.min(MAX_ASKS, asksLeft));
      if (count > 0) {
        asksLeft -= count;
        writer.beginEmpty();
        writer.missing(track.ssrc(), sequences, count);
        send();
      }
    }
  }

  boolean mayAskForKeyframe(long nowNanos) {
    return !asked || nowNanos - askedNanos >= settings.keyframeInterval().toNanos();
  }

  /**
   * Asks for a keyframe, unless that was done a moment ago or nothing came yet.
   *
   * @return whether it was asked for
   */
  boolean askForKeyframe(long nowNanos) {
    if (!mayAskForKeyframe(nowNanos)) {
      return false;
    }
    for (ReceivingTrack track : tracks) {
      if (track.kind() == MediaKind.VIDEO && track.ssrc() != 0) {
        asked = true;
        askedNanos = nowNanos;
        writer.beginEmpty();
        writer.pictureLost(track.ssrc());
        send();
        return true;
      }
    }
    return false;
  }

  private void send() {
    sender.send(writer.memory(), writer.sizeBytes());
  }

  private final class Reader implements RtcpListener {
    private long arrivalNanos;

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
      for (ReceivingTrack track : tracks) {
        track.senderReport(ssrc, ntp, rtpTimestamp, arrivalNanos);
      }
    }

    @Override
    public void report(int ssrc, int fractionLost, int packetsLost, int jitter) {}

    @Override
    public void keyframeWanted(int ssrc) {}

    @Override
    public void bitrateLimit(long bitrateBps) {}

    @Override
    public void missing(int ssrc, int sequence, int following) {}
  }
}
