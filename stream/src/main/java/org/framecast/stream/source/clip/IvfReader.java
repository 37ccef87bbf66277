package org.framecast.stream.source.clip;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Walks through the frames of an IVF file that is in memory. A file that was cut ends with its last
 * whole frame.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> the memory is lent; frames are slices of it.
 */
public final class IvfReader {
  private static final ValueLayout.OfInt LITTLE_32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LITTLE_64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment file;
  private final IvfHeader header;
  private long next = IvfHeader.FILE_HEADER_BYTES;
  private MemorySegment content = MemorySegment.NULL;
  private long ptsNanos;

  /**
   * @throws org.framecast.stream.media.MediaException MALFORMED when the file's header is broken,
   *     UNSUPPORTED for an unknown codec
   */
  public IvfReader(MemorySegment file) {
    this.file = file;
    header = IvfHeader.parse(file);
  }

  public IvfHeader header() {
    return header;
  }

  /** Goes to the next frame; false when there is no whole one left. */
  public boolean advance() {
    if (next + IvfHeader.FRAME_HEADER_BYTES > file.byteSize()) {
      return false;
    }
    long sizeBytes = Integer.toUnsignedLong(file.get(LITTLE_32, next));
    long at = next + IvfHeader.FRAME_HEADER_BYTES;
    if (sizeBytes > file.byteSize() - at) {
      return false;
    }
    ptsNanos = header.nanos(file.get(LITTLE_64, next + 4));
    content = file.asSlice(at, sizeBytes);
    next = at + sizeBytes;
    return true;
  }

  /** The frame that {@link #advance()} went to. */
  public MemorySegment content() {
    return content;
  }

  /** Its presentation time. */
  public long ptsNanos() {
    return ptsNanos;
  }
}
