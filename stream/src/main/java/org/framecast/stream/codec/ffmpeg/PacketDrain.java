package org.framecast.stream.codec.ffmpeg;

import java.util.function.LongUnaryOperator;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;

/**
 * Takes what an encoder has made and delivers it as access units. The one copy on this way is from
 * FFmpeg's memory to a pooled buffer: there the ownership changes.
 *
 * <p><b>Thread:</b> its encoder's.
 */
final class PacketDrain implements AutoCloseable {

  private static final long OPUS_DURATION_NANOS = 20_000_000L;

  private final Codec codec;
  private final BufferPool pool;
  private final EncodedPacket encoded = new EncodedPacket();

  PacketDrain(Codec codec, BufferPool pool) {
    this.codec = codec;
    this.pool = pool;
  }

  /**
   * Delivers all units that are ready.
   *
   * @param ptsNanos makes the PTS of each unit from the packet's own
   */
  void drain(AVCodecContext context, AccessUnitSink sink, LongUnaryOperator ptsNanos) {
    while (encoded.receive(context, "encode")) {
      deliver(sink, ptsNanos);
    }
  }

  private void deliver(AccessUnitSink sink, LongUnaryOperator ptsNanos) {
    AccessUnit unit;
    try {
      unit = copy(ptsNanos.applyAsLong(encoded.packet().pts()));
    } finally {
      encoded.clear();
    }
    try (unit) {
      sink.deliver(unit);
    }
  }

  private AccessUnit copy(long ptsNanos) {
    return new AccessUnit(codec, encoded.kind(), encoded.copy(pool), ptsNanos, durationNanos());
  }

  private long durationNanos() {
    return switch (codec) {
      case OPUS -> OPUS_DURATION_NANOS;
      case VP8, VP9, H264, AV1 ->
          Math.max(0, encoded.packet().duration()) * PtsMemory.NANOS_PER_TICK;
    };
  }

  @Override
  public void close() {
    encoded.close();
  }
}
