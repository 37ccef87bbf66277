package org.framecast.stream.transport;

import java.lang.foreign.MemorySegment;

/**
 * Packets that lie in native memory at equal distances.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> the memory is its implementation's, and may be another after it has taken up
 * other packets.
 */
public interface PacketRow {
  /** Packets in it. */
  int count();

  /** Where they lie. */
  MemorySegment memory();

  /** Where packet {@code index} begins in {@link #memory()}. */
  long offset(int index);

  /** From the beginning of one packet to that of the next. */
  int strideBytes();

  /** Bytes of packet {@code index}, header included. */
  int sizeBytes(int index);

  /** All sizes: an {@code int} for each packet, native, in the machine's order. */
  MemorySegment sizes();
}
