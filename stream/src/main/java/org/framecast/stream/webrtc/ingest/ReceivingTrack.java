package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.transport.MediaKind;

/**
 * One track of a publisher: from its packets, in any order, to its units.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> owns its buffers; {@link #close()} frees them.
 */
final class ReceivingTrack implements AutoCloseable {
  private final ReceivedTrack description;
  private final ReorderBuffer reorder;
  private final ReceptionStatistics statistics;
  private final TrackTimeline timeline;
  private final UnitAssembler assembler;
  private final RtpHeader header = new RtpHeader();
  private int ssrc;
  private long duplicates;
  private long late;
  private long gaps;

  ReceivingTrack(
      ReceivedTrack description,
      IngestSettings settings,
      BufferPool pool,
      IngestTimeline shared,
      UnitAssembler.Taker taker) {
    this.description = description;
    int clockRateHz = description.codec().clockRateHz();
    reorder = new ReorderBuffer(settings.reorder());
    statistics = new ReceptionStatistics(clockRateHz);
    timeline = new TrackTimeline(shared, clockRateHz);
    assembler =
        new UnitAssembler(description.codec(), pool, settings.maxUnitBytes(), timeline, taker);
  }

  /** Takes a packet as it comes from the network; what is none of this track is ignored. */
  void packet(MemorySegment memory, long at, int sizeBytes, long arrivalNanos) {
    if (!header.read(memory, at, sizeBytes)
        || header.payloadType() != description.payloadType()
        || !isOurs(header.ssrc())) {
      return;
    }
    ReorderBuffer.Put put = reorder.put(header.sequence(), memory, at, sizeBytes, arrivalNanos);
    switch (put) {
      case STORED -> statistics.packet(header.sequence(), header.timestamp(), arrivalNanos);
      case DUPLICATE -> duplicates++;
      case LATE -> late++;
      case FAR -> statistics.restart();
    }
    deliver(arrivalNanos);
  }

  /** The sender that is described, or else the first that speaks. */
  private boolean isOurs(int source) {
    if (ssrc == 0) {
      if (!description.ssrcs().isEmpty() && !description.ssrcs().contains(source)) {
        return false;
      }
      ssrc = source;
    }
    return ssrc == source;
  }

  /** Delivers what is in order, and gives up what has had its time. */
  void deliver(long nowNanos) {
    while (true) {
      switch (reorder.next(nowNanos)) {
        case PACKET -> {
          header.read(reorder.memory(), reorder.offset(), reorder.sizeBytes());
          assembler.packet(header, reorder.memory(), reorder.arrivalNanos());
        }
        case GAP -> {
          gaps++;
          assembler.gap();
        }
        case NONE -> {
          return;
        }
      }
    }
  }

  /** Packets to ask for now. */
  int due(long nowNanos, int[] sequences, int room) {
    return reorder.due(nowNanos, sequences, room);
  }

  boolean isWaiting() {
    return reorder.isWaiting();
  }

  boolean awaitsKeyframe() {
    return assembler.awaitsKeyframe();
  }

  void senderReport(int source, long ntp, int timestamp, long arrivalNanos) {
    if (source == ssrc && ssrc != 0) {
      statistics.senderReport(ntp, arrivalNanos);
      timeline.senderReport(ntp, timestamp);
    }
  }

  MediaKind kind() {
    return description.kind();
  }

  String mid() {
    return description.mid();
  }

  /** The sender's, 0 before it was heard. */
  int ssrc() {
    return ssrc;
  }

  ReceptionStatistics statistics() {
    return statistics;
  }

  /** The numbers so far. */
  TrackCounts counts() {
    return new TrackCounts(
        statistics.received(), duplicates, late, gaps, assembler.units(), assembler.lost());
  }

  @Override
  public void close() {
    try {
      assembler.close();
    } finally {
      reorder.close();
    }
  }
}
