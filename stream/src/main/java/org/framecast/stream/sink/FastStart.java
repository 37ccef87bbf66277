package org.framecast.stream.sink;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Moves the index of a complete MP4 from its end to its front, so that it plays while it is still
 * being fetched.
 *
 * <p>The file is copied once. When there is no room for the copy it stays as it is, which every
 * player can read that can seek.
 *
 * <p><b>Source:</b> ISO/IEC 14496-12 §4.2, §8.7.5
 */
final class FastStart {
  private static final int HEADER_BYTES = 8;
  private static final int LARGE_HEADER_BYTES = 16;
  private static final int MAX_INDEX_BYTES = 1 << 30;
  private static final Set<String> PARENTS = Set.of("moov", "trak", "mdia", "minf", "stbl");

  /** A box: what it is called, and where it lies. */
  private record Box(String type, long start, long bytes) {}

  private FastStart() {}

  /** Rewrites the file, unless its index is at the front already. */
  static void moveIndex(Path file) {
    Path copy = file.resolveSibling(file.getFileName() + ".index");
    try {
      boolean made = copy(file, copy);
      if (made) {
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      discard(copy);
    }
  }

  private static void discard(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw SinkFiles.failed("cannot delete " + copy.getFileName(), e);
    }
  }

  private static boolean copy(Path file, Path copy) throws IOException {
    try (FileChannel from = FileChannel.open(file)) {
      List<Box> boxes = boxes(from);
      Box index = only(boxes, "moov");
      Box data = only(boxes, "mdat");
      if (index.start() < data.start() || index.bytes() > MAX_INDEX_BYTES) {
        return false;
      }
      ByteBuffer moved = read(from, index.start(), (int) index.bytes());
      shift(moved, 0, moved.capacity(), index.bytes());
      try (FileChannel to =
          FileChannel.open(
              copy,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        for (Box box : boxes) {
          if (box.equals(boxes.getFirst())) {
            transfer(from, box, to);
            write(to, moved);
          } else if (!box.equals(index)) {
            transfer(from, box, to);
          }
        }
      }
      return true;
    }
  }

  private static Box only(List<Box> boxes, String type) throws IOException {
    List<Box> found = boxes.stream().filter(box -> box.type().equals(type)).toList();
    if (found.size() != 1) {
      throw new IOException(found.size() + " boxes named " + type);
    }
    return found.getFirst();
  }

  private static List<Box> boxes(FileChannel file) throws IOException {
    List<Box> boxes = new ArrayList<>();
    long at = 0;
    while (at < file.size()) {
      ByteBuffer header = read(file, at, HEADER_BYTES);
      long bytes = Integer.toUnsignedLong(header.getInt(0));
      if (bytes == 1) {
        bytes = read(file, at, LARGE_HEADER_BYTES).getLong(HEADER_BYTES);
      }
      if (bytes < HEADER_BYTES || bytes > file.size() - at) {
        throw new IOException("a box of " + bytes + " bytes");
      }
      boxes.add(new Box(type(header, 0), at, bytes));
      at += bytes;
    }
    return boxes;
  }

  private static String type(ByteBuffer bytes, int box) {
    byte[] type = new byte[4];
    bytes.get(box + 4, type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  /** Adds {@code by} to every offset in the boxes between the two places. */
  private static void shift(ByteBuffer index, int from, int to, long by) throws IOException {
    int at = from;
    while (at + HEADER_BYTES <= to) {
      int bytes = index.getInt(at);
      if (bytes < HEADER_BYTES || bytes > to - at) {
        throw new IOException("a box of " + bytes + " bytes in the index");
      }
      String type = type(index, at);
      if (PARENTS.contains(type)) {
        shift(index, at + HEADER_BYTES, at + bytes, by);
      } else if (type.equals("stco")) {
        shiftOffsets(index, at, by);
      } else if (type.equals("co64")) {
        shiftLongOffsets(index, at, by);
      }
      at += bytes;
    }
  }

  private static void shiftOffsets(ByteBuffer index, int box, long by) throws IOException {
    int count = index.getInt(box + 12);
    for (int i = 0; i < count; i++) {
      int at = box + 16 + 4 * i;
      long offset = Integer.toUnsignedLong(index.getInt(at)) + by;
      if (offset > 0xFFFF_FFFFL) {
        throw new IOException("offsets that need 64 bits");
      }
      index.putInt(at, (int) offset);
    }
  }

  private static void shiftLongOffsets(ByteBuffer index, int box, long by) {
    int count = index.getInt(box + 12);
    for (int i = 0; i < count; i++) {
      int at = box + 16 + 8 * i;
      index.putLong(at, index.getLong(at) + by);
    }
  }

  private static ByteBuffer read(FileChannel file, long at, int bytes) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(bytes);
    while (read.hasRemaining()) {
      if (file.read(read, at + read.position()) < 0) {
        throw new EOFException("the file ends in a box");
      }
    }
    return read.flip();
  }

  private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static void transfer(FileChannel from, Box box, FileChannel to) throws IOException {
    long done = 0;
    while (done < box.bytes()) {
      done += from.transferTo(box.start() + done, box.bytes() - done, to);
    }
  }
}
