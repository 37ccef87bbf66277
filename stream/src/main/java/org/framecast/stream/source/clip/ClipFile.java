package org.framecast.stream.source.clip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;

/**
 * The file of a clip: one track of VP8 and one of Opus. All numbers are little-endian.
 *
 * <pre>
 *   8 bytes   "FCCLIP01"
 *   8 bytes   duration in nanoseconds
 *   8 bytes   length of the IVF part
 *   …         an IVF file
 *   to the end, for each Opus packet:
 *     8 bytes   PTS in nanoseconds
 *     4 bytes   size
 *     …         the packet, 20 ms long
 * </pre>
 */
public final class ClipFile {
  static final int HEADER_BYTES = 24;
  static final int PACKET_HEADER_BYTES = 12;

  private static final long MAGIC = 0x31305049_4C434346L; // "FCCLIP01", read little-endian
  private static final long PACKET_DURATION_NANOS = 20_000_000L;
  private static final int IVF_RATE = 90_000;
  private static final ValueLayout.OfInt LITTLE_32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LITTLE_64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ClipFile() {}

  /**
   * Writes a clip beside {@code path} and moves it there when it is whole.
   *
   * <p><b>Ownership:</b> the units are lent.
   *
   * @param video VP8 in decoding order, the first a keyframe
   * @param audio Opus in blocks of 20 ms
   */
  public static void write(
      Path path, FrameSize size, long durationNanos, List<AccessUnit> video, List<AccessUnit> audio)
      throws IOException {
    Path partial = path.resolveSibling(path.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeTo(channel, size, durationNanos, video, audio);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      move(partial, path);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Width and height of a clip's picture in pixels. */
  public record FrameSize(int width, int height) {}

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void writeTo(
      FileChannel channel,
      FrameSize size,
      long durationNanos,
      List<AccessUnit> video,
      List<AccessUnit> audio)
      throws IOException {
    channel.position(HEADER_BYTES);
    IvfWriter ivf =
        new IvfWriter(
            channel, new IvfHeader(Codec.VP8, size.width(), size.height(), IVF_RATE, 1, 0));
    video.forEach(ivf::write);
    ivf.finish();
    long ivfBytes = channel.position() - HEADER_BYTES;
    for (AccessUnit unit : audio) {
      ByteBuffer header = little(PACKET_HEADER_BYTES);
      writeAll(channel, header.putLong(unit.ptsNanos()).putInt(unit.data().sizeBytes()).flip());
      writeAll(channel, unit.data().content().asByteBuffer());
    }
    channel.position(0);
    ByteBuffer header = little(HEADER_BYTES);
    writeAll(channel, header.putLong(MAGIC).putLong(durationNanos).putLong(ivfBytes).flip());
    channel.force(true);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Loads a clip into buffers of {@code pool}.
   *
   * <p><b>Ownership:</b> the clip is the caller's.
   *
   * @throws MediaException MALFORMED when the file is no whole clip, POOL_EXHAUSTED
   */
  public static Clip load(Path path, BufferPool pool) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena), pool);
    }
  }

  static Clip read(MemorySegment file, BufferPool pool) {
    if (file.byteSize() < HEADER_BYTES || file.get(LITTLE_64, 0) != MAGIC) {
      throw malformed("no clip");
    }
    long durationNanos = file.get(LITTLE_64, 8);
    long ivfBytes = file.get(LITTLE_64, 16);
    if (durationNanos <= 0 || ivfBytes < 0 || ivfBytes > file.byteSize() - HEADER_BYTES) {
      throw malformed("clip with a broken header");
    }
    List<AccessUnit> units = new ArrayList<>();
    boolean done = false;
    try {
      IvfReader ivf = new IvfReader(file.asSlice(HEADER_BYTES, ivfBytes));
      readVideo(ivf, pool, units);
      readAudio(file.asSlice(HEADER_BYTES + ivfBytes), pool, units);
      FrameSize size = new FrameSize(ivf.header().width(), ivf.header().height());
      Clip clip = new Clip(size, durationNanos, units);
      done = true;
      return clip;
    } finally {
      if (!done) {
        units.forEach(AccessUnit::close);
      }
    }
  }

  private static void readVideo(IvfReader ivf, BufferPool pool, List<AccessUnit> units) {
    if (ivf.header().codec() != Codec.VP8) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, "clip of " + ivf.header().codec());
    }
    while (ivf.advance()) {
      if (ivf.content().byteSize() == 0) {
        throw malformed("clip with an empty frame");
      }
      units.add(
          new AccessUnit(
              Codec.VP8, kind(ivf.content()), copy(ivf.content(), pool), ivf.ptsNanos(), 0));
    }
    if (units.isEmpty() || units.size() != ivf.header().frames()) {
      throw malformed("clip of " + units.size() + " frames instead of " + ivf.header().frames());
    }
    if (units.getFirst().kind() != AccessUnit.Kind.KEYFRAME) {
      throw malformed("clip that starts without a keyframe");
    }
  }

  /** RFC 6386 §9.1: the first bit of a frame is 0 in a keyframe. */
  private static AccessUnit.Kind kind(MemorySegment frame) {
    return (frame.get(ValueLayout.JAVA_BYTE, 0) & 1) == 0
        ? AccessUnit.Kind.KEYFRAME
        : AccessUnit.Kind.DELTA;
  }

  private static void readAudio(MemorySegment packets, BufferPool pool, List<AccessUnit> units) {
    long at = 0;
    while (at < packets.byteSize()) {
      if (packets.byteSize() - at < PACKET_HEADER_BYTES) {
        throw malformed("clip that ends in a packet");
      }
      long ptsNanos = packets.get(LITTLE_64, at);
      long sizeBytes = Integer.toUnsignedLong(packets.get(LITTLE_32, at + 8));
      at += PACKET_HEADER_BYTES;
      if (sizeBytes > packets.byteSize() - at) {
        throw malformed("clip that ends in a packet");
      }
      MediaBuffer data = copy(packets.asSlice(at, sizeBytes), pool);
      units.add(
          new AccessUnit(
              Codec.OPUS, AccessUnit.Kind.KEYFRAME, data, ptsNanos, PACKET_DURATION_NANOS));
      at += sizeBytes;
    }
  }

  private static MediaBuffer copy(MemorySegment bytes, BufferPool pool) {
    int sizeBytes = Math.toIntExact(bytes.byteSize());
    MediaBuffer copy = pool.acquire(sizeBytes).sizeBytes(sizeBytes);
    MemorySegment.copy(bytes, 0, copy.block(), 0, sizeBytes);
    return copy;
  }

  private static MediaException malformed(String what) {
    return new MediaException(MediaException.Code.MALFORMED, what);
  }
}
