package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.PeerTrack;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.rtp.PacketHistory;
import org.framecast.stream.webrtc.rtp.PacketScratch;
import org.framecast.stream.webrtc.rtp.SenderReport;
import org.framecast.stream.webrtc.rtp.StreamIdentity;
import org.jspecify.annotations.Nullable;

/**
 * One track of one viewer, as its sender sees it.
 *
 * <p><b>Thread:</b> what sends belongs to the track's sender; {@link #open}, {@link #missing} and
 * {@link #answered} come on native threads; the target is set by whoever steers; the numbers any.
 */
final class ViewerTrack {
  /** What the sender does with the track. */
  enum Mode {
    /** It is not open, or was not looked at since. */
    ARRIVING,
    /** It needs a unit that decodes alone. */
    WAITING,
    /** It is sent what came before, from the last keyframe on. */
    CATCHING_UP,
    FLOWING
  }

  /** Reports while a receiver learns how sound and picture belong together. */
  private static final int EARLY_REPORTS = 4;

  private static final long EARLY_REPORT_NANOS = 200_000_000L;

  private final TrackSpec spec;
  private final PeerTrack track;
  private final byte[] cname;
  private final StreamIdentity identity;
  private final TrackNumbers numbers;
  private final NackInbox nacks = new NackInbox();
  private volatile @Nullable Shard shard;
  private volatile @Nullable Lane target;
  private volatile @Nullable Lane lane;

  private volatile boolean open;
  private volatile boolean closed;
  private @Nullable RepeatBudget budget;
  private Mode mode = Mode.ARRIVING;
  private long cursor;
  private long reportNanos;
  private int reports;

  // Written by the sender alone.
  private volatile long packets;
  private volatile long bytes;
  private volatile long dropped;
  private volatile long skipped;
  private volatile long repeated;
  private volatile long unrepeated;
  private long payloadBytes;
  // When the first packet after the viewer's last report was sent; 0 when it has answered.
  private volatile long unansweredNanos;

  ViewerTrack(TrackSpec spec, PeerTrack track, StreamIdentity identity, TrackNumbers numbers) {
    this.spec = spec;
    this.track = track;
    this.identity = identity;
    this.numbers = numbers;
    this.cname = SenderReport.cname(spec.cname());
  }

  TrackSpec spec() {
    return spec;
  }

  MediaKind kind() {
    return spec.kind();
  }

  /** Whether its packets say when they were sent. */
  boolean carriesSendTime() {
    return identity.sendTimeId() != 0;
  }

  /** Gives the track its sender and its first lane. */
  void join(Shard owner, Lane first, FanOutSettings.Repeats repeats, long nowNanos) {
    budget = new RepeatBudget(repeats, nowNanos);
    lane = first;
    target = first;
    shard = owner;
  }

  void open() {
    open = true;
    poke();
  }

  boolean isOpen() {
    return open && !closed;
  }

  /** Nothing is sent from now on. */
  void close() {
    closed = true;
  }

  private void poke() {
    Shard owner = shard;
    if (owner != null) {
      owner.poke();
    }
  }

  /** The lane that it is sent; null before it joined. */
  @Nullable Lane lane() {
    return lane;
  }

  /** The lane that it shall be sent from its next keyframe on; null before it joined. */
  @Nullable Lane target() {
    return target;
  }

  void target(Lane next) {
    target = next;
    poke();
  }

  /** The viewer misses packets. */
  void missing(int sequence, int following) {
    nacks.put(sequence, following);
    poke();
  }

  NackInbox nacks() {
    return nacks;
  }

  // Of the sender alone, from here to the numbers.

  Mode mode() {
    return mode;
  }

  /** Begins with the lane's next unit. */
  void flow() {
    mode = Mode.FLOWING;
  }

  /** Begins with a unit that was delivered before. */
  void catchUp(long unit) {
    mode = Mode.CATCHING_UP;
    cursor = unit;
  }

  /** Goes on with a unit that decodes alone. */
  void await() {
    mode = Mode.WAITING;
  }

  /** The unit that a track that catches up is sent next. */
  long cursor() {
    return cursor;
  }

  void advance() {
    cursor++;
  }

  /** Takes up another lane. */
  void change(Lane next) {
    lane = next;
    mode = Mode.FLOWING;
  }

  /** Units passed by that this track should have been sent. */
  void skip(long count) {
    skipped = skipped + count;
  }

  /**
   * Sends the packets of one unit, with this viewer's numbers.
   *
   * @return whether the track will send again
   */
  boolean send(PacketScratch scratch, Lane from, PacketHistory.Unit unit, SendContext context) {
    int first = numbers.next();
    numbers.place(
        from, unit.firstPacket(), scratch.count(), scratch.timestamp(), scratch.pictureId());
    long now = context.clock().nanos();
    if (isReportDue(context, now)) {
      sendReport(context, unit, now);
    }
    scratch.address(identity, first, numbers.time(), numbers.picture(), now);
    return sendPackets(scratch, now);
  }

  private boolean sendPackets(PacketScratch scratch, long nowNanos) {
    int sent = track.sendAll(scratch);
    if (sent == PeerTrack.CLOSED) {
      closed = true;
      return false;
    }
    int sentBytes = scratch.bytes(sent);
    packets = packets + sent;
    bytes = bytes + sentBytes;
    if (sent < scratch.count()) {
      dropped = dropped + scratch.count() - sent;
    }
    payloadBytes += sentBytes - (long) sent * PacketHistory.HEADER_BYTES;
    RepeatBudget own = budget;
    if (own != null) {
      own.sent(sentBytes, nowNanos);
    }
    if (sent > 0 && unansweredNanos == 0) {
      unansweredNanos = nowNanos == 0 ? 1 : nowNanos;
    }
    return true;
  }

  /** Sends a packet again, as it was, if there is budget for it and it is still there. */
  void repeat(int sequence, PacketScratch scratch, SendContext context) {
    RepeatBudget own = budget;
    int epoch = numbers.find(sequence);
    long now = context.clock().nanos();
    if (!isOpen() || own == null || !own.isNew(sequence, now)) {
      return;
    }
    PacketHistory history = epoch < 0 ? null : numbers.lane(epoch).history();
    if (history == null
        || !scratch.load(history, numbers.packet(epoch, sequence), 1)
        || !own.take(scratch.sizeBytes(0), now)) {
      unrepeated = unrepeated + 1;
      return;
    }
    scratch.address(
        identity,
        sequence,
        scratch.timestamp() + numbers.timeOffset(epoch),
        scratch.pictureId() + numbers.pictureOffset(epoch),
        now);
    if (track.send(scratch.memory(), scratch.offset(0), scratch.sizeBytes(0))
        == PeerTrack.Outcome.SENT) {
      repeated = repeated + 1;
    }
  }

  private boolean isReportDue(SendContext context, long nowNanos) {
    long interval =
        reports < EARLY_REPORTS
            ? Math.min(EARLY_REPORT_NANOS, context.reportIntervalNanos())
            : context.reportIntervalNanos();
    return reports == 0 || nowNanos - reportNanos >= interval;
  }

  private void sendReport(SendContext context, PacketHistory.Unit unit, long nowNanos) {
    MemorySegment report = context.report();
    int size =
        SenderReport.write(
            report,
            identity.ssrc(),
            context.timeline().ntp(unit.ptsNanos()),
            numbers.time(),
            (int) packets,
            (int) payloadBytes,
            cname);
    track.send(report, 0, size);
    reports++;
    reportNanos = nowNanos;
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

  /** Packets that the socket did not take. */
  long dropped() {
    return dropped;
  }

  /** Units that the sender passed over because it was behind. */
  long skipped() {
    return skipped;
  }

  /** Packets sent again. */
  long repeated() {
    return repeated;
  }

  /** Packets asked for that were not sent again: too old, or beyond the budget. */
  long unrepeated() {
    return unrepeated + nacks.overflows();
  }
}
