package org.framecast.web.body;

import java.nio.ByteBuffer;

/**
 * Looks over a body in chunks as it comes, without changing it, and notices what frames no chunk.
 * Undertow takes a size that is none for 0, and waits for trailers then.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Source:</b> RFC 9112 §7.1
 */
final class ChunkFraming {
  /** Of a size; more would not fit into a long. */
  private static final int MAX_DIGITS = 15;

  private enum State {
    SIZE,
    /** What follows a size on its line. */
    EXTENSION,
    DATA,
    DATA_END,
    TRAILER_START,
    TRAILER,
    END,
    BROKEN
  }

  private State state = State.SIZE;
  private int digits;
  private long left;

  boolean isBroken() {
    return state == State.BROKEN;
  }

  /** Looks at the next bytes, up to the end of the body. */
  void scan(ByteBuffer bytes) {
    while (bytes.hasRemaining() && state != State.END && state != State.BROKEN) {
      if (state == State.DATA) {
        int skipped = (int) Math.min(left, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        left -= skipped;
        state = left == 0 ? State.DATA_END : State.DATA;
      } else {
        state = next(bytes.get());
      }
    }
  }

  private State next(byte b) {
    return switch (state) {
      case SIZE -> size(b);
      case EXTENSION -> b == '\n' ? sized() : State.EXTENSION;
      case DATA_END -> lineEnd(b, State.SIZE, State.BROKEN);
      case TRAILER_START -> lineEnd(b, State.END, State.TRAILER);
      case TRAILER -> b == '\n' ? State.TRAILER_START : State.TRAILER;
      case DATA, END, BROKEN -> state;
    };
  }

  private State lineEnd(byte b, State after, State otherwise) {
    return switch (b) {
      case '\n' -> after;
      case '\r' -> state;
      default -> otherwise;
    };
  }

  private State size(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      left = left << 4 | digit;
      digits++;
      return digits <= MAX_DIGITS ? State.SIZE : State.BROKEN;
    }
    if (digits == 0) {
      return State.BROKEN;
    }
    return switch (b) {
      case '\n' -> sized();
      case '\r', ';', ' ', '\t' -> State.EXTENSION;
      default -> State.BROKEN;
    };
  }

  private State sized() {
    digits = 0;
    return left == 0 ? State.TRAILER_START : State.DATA;
  }
}
