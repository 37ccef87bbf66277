package org.framecast.rtc.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Strings across the C boundary: UTF-8, ended by a zero byte. */
public final class NativeStrings {
  /** A function that writes a string into a buffer, or returns the size it needs for a null one. */
  @FunctionalInterface
  public interface Reader {
    int read(long buffer, int sizeBytes);
  }

  /** A text, or the C API's error code. */
  public record Result(int code, Optional<String> text) {}

  private static final int GROWTH_BYTES = 256;

  private NativeStrings() {}

  /** The string at an address; empty for a null pointer. */
  static String read(long address) {
    return address == 0
        ? ""
        : MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** The address of a copy that lives as long as the arena. */
  public static long copy(Arena arena, String text) {
    return arena.allocateFrom(text).address();
  }

  /** Reads a string of unknown size, whose size may still grow between the two calls. */
  public static Result read(Reader reader) {
    while (true) {
      int size = reader.read(0, 0);
      if (size < 0) {
        return new Result(size, Optional.empty());
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment buffer = arena.allocate(size + GROWTH_BYTES);
        int written = reader.read(buffer.address(), (int) buffer.byteSize());
        if (written >= 0) {
          return new Result(written, Optional.of(buffer.getString(0)));
        }
        if (written != RtcFunctions.TOO_SMALL) {
          return new Result(written, Optional.empty());
        }
      }
    }
  }
}
