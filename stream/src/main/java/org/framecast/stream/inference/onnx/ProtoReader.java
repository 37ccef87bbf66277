package org.framecast.stream.inference.onnx;

import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of a protobuf message without knowing its schema.
 *
 * <p><b>Throws:</b> {@link IllegalArgumentException} when the bytes are no message.
 *
 * <p><b>Source:</b> protobuf.dev, "Encoding".
 */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final byte[] data;
  private final int end;
  private int at;
  private int field;
  private long number;
  private int start;
  private int length;

  ProtoReader(byte[] data) {
    this(data, 0, data.length);
  }

  private ProtoReader(byte[] data, int from, int end) {
    this.data = data;
    this.at = from;
    this.end = end;
  }

  /** Goes to the next field; false at the end. */
  boolean next() {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    length = -1;
    number = 0;
    switch ((int) (tag & 7)) {
      case VARINT -> number = varint();
      case FIXED64 -> skip(8);
      case BYTES -> {
        long size = varint();
        start = at;
        skip(size);
        length = (int) size;
      }
      case FIXED32 -> skip(4);
      default -> throw new IllegalArgumentException("an unknown wire type at byte " + at);
    }
    return true;
  }

  int field() {
    return field;
  }

  /** The value of a field that is a number. */
  long number() {
    return number;
  }

  /** The content of a field that is a message. */
  ProtoReader message() {
    requireBytes();
    return new ProtoReader(data, start, start + length);
  }

  /** The content of a field that is a string. */
  String text() {
    requireBytes();
    return new String(data, start, length, StandardCharsets.UTF_8);
  }

  private void requireBytes() {
    if (length < 0) {
      throw new IllegalArgumentException("field " + field + " is a number");
    }
  }

  private void skip(long bytes) {
    if (bytes < 0 || bytes > end - at) {
      throw new IllegalArgumentException("a field that is longer than its message");
    }
    at += (int) bytes;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw new IllegalArgumentException("a number without an end");
      }
      byte next = data[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }
}
