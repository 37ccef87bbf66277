package org.framecast.stream.source.clip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.framecast.stream.media.AccessUnit;

/**
 * Writes an IVF file from where the channel stands; {@link #finish()} puts the number of frames
 * into its header.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> channel and units are lent.
 */
public final class IvfWriter {
  private final SeekableByteChannel channel;
  private final IvfHeader header;
  private final long start;
  private int frames;

  /** Writes the header. */
  public IvfWriter(SeekableByteChannel channel, IvfHeader header) {
    this.channel = channel;
    this.header = header;
    try {
      start = channel.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(header.bytes());
  }

  /** Appends a unit of the header's codec. */
  public void write(AccessUnit unit) {
    if (unit.codec() != header.codec()) {
      throw new IllegalArgumentException(unit.codec() + " in IVF of " + header.codec());
    }
    ByteBuffer frame =
        ByteBuffer.allocate(IvfHeader.FRAME_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(unit.data().sizeBytes()).putLong(header.ticks(unit.ptsNanos())).flip();
    write(frame);
    write(unit.data().content().asByteBuffer());
    frames++;
  }

  /** Completes the header and leaves the channel behind the last frame. */
  public void finish() {
    try {
      long end = channel.position();
      channel.position(start + IvfHeader.FRAMES_OFFSET);
      write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(frames).flip());
      channel.position(end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
