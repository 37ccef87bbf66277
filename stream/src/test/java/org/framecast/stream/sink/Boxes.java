package org.framecast.stream.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The boxes of an MP4 at its top, by name. */
final class Boxes {
  private Boxes() {}

  static List<String> of(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    List<String> boxes = new ArrayList<>();
    long at = 0;
    while (at < file.length) {
      long size = Integer.toUnsignedLong(bytes.getInt((int) at));
      if (size == 1) {
        size = bytes.getLong((int) at + 8);
      }
      boxes.add(new String(file, (int) at + 4, 4, StandardCharsets.US_ASCII));
      at += size;
    }
    return boxes;
  }
}
