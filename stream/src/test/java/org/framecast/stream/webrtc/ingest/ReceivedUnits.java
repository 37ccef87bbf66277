package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;

/** A track that receives, and what it delivered. */
final class ReceivedUnits implements UnitAssembler.Taker, AutoCloseable {
  /** One delivered unit. */
  record Unit(byte[] bytes, AccessUnit.Kind kind, long ptsNanos) {}

  final BufferPool pool = BufferPool.open("received", 32 << 20);
  final List<Unit> units = new ArrayList<>();
  final ReceivingTrack track;
  int keyframesNeeded;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory = arena.allocate(PacketInbox.SLOT_BYTES);

  ReceivedUnits(Codec codec) {
    this(codec, IngestSettings.defaults(), new IngestTimeline());
  }

  ReceivedUnits(Codec codec, IngestSettings settings, IngestTimeline shared) {
    MediaKind kind = codec == Codec.OPUS ? MediaKind.AUDIO : MediaKind.VIDEO;
    track =
        new ReceivingTrack(
            new ReceivedTrack(
                "0", kind, codec, PublishedUnits.PAYLOAD_TYPE, Set.of(PublishedUnits.SSRC)),
            settings,
            pool,
            shared,
            this);
  }

  void packet(byte[] packet, long nowNanos) {
    int size = Math.min(packet.length, PacketInbox.SLOT_BYTES);
    MemorySegment.copy(packet, 0, memory, ValueLayout.JAVA_BYTE, 0, size);
    track.packet(memory, 0, size, nowNanos);
  }

  @Override
  public void unit(AccessUnit unit) {
    try (unit) {
      units.add(
          new Unit(
              unit.data().content().toArray(ValueLayout.JAVA_BYTE), unit.kind(), unit.ptsNanos()));
    }
  }

  @Override
  public void keyframeNeeded() {
    keyframesNeeded++;
  }

  @Override
  public void close() {
    track.close();
    int live = pool.live();
    pool.close();
    arena.close();
    if (live != 0) {
      throw new AssertionError(live + " buffers left");
    }
  }
}
