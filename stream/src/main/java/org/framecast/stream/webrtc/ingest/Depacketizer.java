package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.media.Codec;

/**
 * Takes the payloads of one access unit after another, in order and without a gap, and puts the
 * unit together. What a stranger sent is checked before it is followed: nothing is read outside of
 * the payload, and nothing is thrown.
 *
 * <p><b>Thread:</b> one.
 */
interface Depacketizer {
  /** What became of a payload. */
  enum Part {
    /** It belongs to the unit, or may be left out of it. */
    TAKEN,
    /** It is malformed, does not go on where the last one ended, or finds no room. */
    BROKEN
  }

  /** The next payload begins another unit. */
  void begin();

  /** Whether this payload says of itself that no other of its unit comes before it. */
  boolean isFirst(MemorySegment memory, long at, int bytes);

  /**
   * Appends a payload to the unit.
   *
   * @param bytes at least 1
   */
  Part add(MemorySegment memory, long at, int bytes, UnitBuffer unit);

  /** Ends the unit; BROKEN when something of it is missing, TAKEN also when it is empty. */
  Part end(UnitBuffer unit);

  /** Whether the unit decodes alone. */
  boolean isKeyframe();

  /** A depacketizer for a codec. */
  static Depacketizer of(Codec codec) {
    return switch (codec) {
      case VP8 -> new Vp8Depacketizer();
      case VP9 -> new Vp9Depacketizer();
      case H264 -> new H264Depacketizer();
      case AV1 -> new Av1Depacketizer();
      case OPUS -> new OpusDepacketizer();
    };
  }
}
