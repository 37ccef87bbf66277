package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;

/** Access units of known bytes. */
public final class Units {
  private Units() {}

  public static AccessUnit of(
      BufferPool pool, Codec codec, AccessUnit.Kind kind, byte[] bytes, long ptsNanos) {
    MediaBuffer buffer = pool.acquire(bytes.length);
    buffer.fill(ByteBuffer.wrap(bytes));
    return new AccessUnit(codec, kind, buffer, ptsNanos, 0);
  }

  /** Bytes that tell their place. */
  public static byte[] counting(int size, int seed) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (seed + i * 31 + (i >> 8));
    }
    return bytes;
  }

  public static byte[] bytes(MemorySegment memory, int size) {
    return memory.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
  }
}
