package org.framecast.stream.source.clip;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an IVF file as it comes, frame by frame, straight into pooled buffers.
 *
 * <p><b>Thread:</b> one.
 */
final class IvfPipe {
  /** Larger than any coded picture that can be sent live. */
  private static final int MAX_FRAME_BYTES = 8 << 20;

  private final IvfInput input;
  private final BufferPool pool;
  private final ByteBuffer frameHeader =
      ByteBuffer.allocate(IvfHeader.FRAME_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private @Nullable IvfHeader header;

  IvfPipe(IvfInput input, BufferPool pool) {
    this.input = input;
    this.pool = pool;
  }

  /** Reads the file's header; to be called first. */
  IvfHeader readHeader() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(IvfHeader.FILE_HEADER_BYTES);
    if (!fill(bytes)) {
      throw malformed("IVF without a byte");
    }
    IvfHeader read = IvfHeader.parse(MemorySegment.ofArray(bytes.array()));
    header = read;
    return read;
  }

  /**
   * The next frame with the file's time, or null behind the last.
   *
   * <p><b>Ownership:</b> the unit is the caller's.
   *
   * @throws MediaException MALFORMED when the input ends inside the frame
   */
  @Nullable AccessUnit next() throws IOException, InterruptedException {
    IvfHeader file = header;
    if (file == null) {
      throw new IllegalStateException("the header comes first");
    }
    frameHeader.clear();
    if (!fill(frameHeader)) {
      input.finished();
      return null;
    }
    int sizeBytes = frameHeader.getInt(0);
    if (sizeBytes < 1 || sizeBytes > MAX_FRAME_BYTES) {
      throw malformed("IVF frame of " + Integer.toUnsignedString(sizeBytes) + " bytes");
    }
    MediaBuffer data = pool.acquire(sizeBytes).sizeBytes(sizeBytes);
    boolean done = false;
    try {
      if (!fill(data.block().asSlice(0, sizeBytes).asByteBuffer())) {
        throw malformed("IVF that ends in a frame");
      }
      AccessUnit unit =
          new AccessUnit(
              file.codec(),
              UnitKinds.of(file.codec(), data.content()),
              data,
              file.nanos(frameHeader.getLong(4)),
              0);
      done = true;
      return unit;
    } finally {
      if (!done) {
        data.close();
      }
    }
  }

  /** Fills it; false when the input ended before its first byte. */
  private boolean fill(ByteBuffer target) throws IOException {
    boolean any = false;
    while (target.hasRemaining()) {
      if (input.read(target) < 0) {
        if (any) {
          throw malformed("IVF that ends after " + target.position() + " of " + target.limit());
        }
        return false;
      }
      any = target.position() > 0;
    }
    return true;
  }

  private static MediaException malformed(String what) {
    return new MediaException(MediaException.Code.MALFORMED, what);
  }
}
