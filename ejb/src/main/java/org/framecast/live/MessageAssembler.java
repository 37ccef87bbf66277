package org.framecast.live;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of a binary message into one off-heap buffer, without its channel byte. The buffer
 * is chosen after the largest message so far, so that bytes are copied once.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> a finished message's buffer is the caller's; {@link #close()} gives back
 * what is unfinished.
 */
final class MessageAssembler implements AutoCloseable {
  private static final int SMALLEST_BYTES = 16_384;

  private final BufferPool pool;
  private final int maxBytes;
  private @Nullable MediaBuffer buffer;
  private int filled;
  private int channel = -1;
  private int expectedBytes = SMALLEST_BYTES;
  private @Nullable Failure failure;

  /** What a whole message came to. */
  sealed interface Message {
    /**
     * A message in its buffer.
     *
     * @param channel the first byte, 0 to 255
     */
    record Whole(int channel, MediaBuffer content) implements Message {}

    /** It cannot be used; its bytes were passed over. */
    record Unusable(Failure failure) implements Message {}
  }

  /** Why a message cannot be used. */
  enum Failure {
    TOO_LARGE,
    EMPTY,
    /** No memory is left for this publisher: what came before is not worked off. */
    NO_ROOM
  }

  /**
   * @param maxBytes of a message, channel byte included
   */
  MessageAssembler(BufferPool pool, int maxBytes) {
    this.pool = pool;
    this.maxBytes = maxBytes;
  }

  /** Takes a part; the message when this was its last one. */
  @Nullable Message add(ByteBuffer part, boolean last) {
    if (channel < 0 && part.hasRemaining()) {
      channel = Byte.toUnsignedInt(part.get());
    }
    if (failure == null) {
      append(part, last);
    }
    return last ? finish() : null;
  }

  private void append(ByteBuffer part, boolean last) {
    int bytes = part.remaining();
    if (1L + filled + bytes > maxBytes) {
      fail(Failure.TOO_LARGE);
      return;
    }
    if (!makeRoom(filled + bytes, last)) {
      fail(Failure.NO_ROOM);
      return;
    }
    if (buffer != null && bytes > 0) {
      MemorySegment.copy(MemorySegment.ofBuffer(part), 0, buffer.block(), filled, bytes);
      filled += bytes;
    }
  }

  private boolean makeRoom(int bytes, boolean last) {
    MediaBuffer before = buffer;
    if (before != null && bytes <= before.capacityBytes()) {
      return true;
    }
    int wanted = last ? bytes : Math.max(expectedBytes, bytes + bytes / 2);
    MediaBuffer larger = pool.tryAcquire(wanted);
    if (larger == null) {
      return false;
    }
    if (before != null) {
      MemorySegment.copy(before.block(), 0, larger.block(), 0, filled);
      before.close();
    }
    buffer = larger;
    return true;
  }

  private void fail(Failure why) {
    failure = why;
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }

  private Message finish() {
    MediaBuffer content = buffer;
    Failure why = failure;
    int first = channel;
    int bytes = filled;
    buffer = null;
    failure = null;
    channel = -1;
    filled = 0;
    if (why != null) {
      return new Message.Unusable(why);
    }
    if (content == null || first < 0) {
      if (content != null) {
        content.close();
      }
      return new Message.Unusable(Failure.EMPTY);
    }
    expectedBytes = Math.max(SMALLEST_BYTES, Math.max(bytes, expectedBytes - expectedBytes / 16));
    return new Message.Whole(first, content.sizeBytes(bytes));
  }

  /** Idempotent. */
  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
    failure = Failure.NO_ROOM;
  }
}
