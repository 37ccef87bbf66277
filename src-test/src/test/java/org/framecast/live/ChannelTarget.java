package org.framecast.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.framecast.fuzz.FuzzTarget;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;

/** Binary messages of a publisher: put together from parts, told apart by channel, headers read. */
public final class ChannelTarget implements FuzzTarget {
  private static final int MAX_MESSAGE_BYTES = 1 << 16;

  private final BufferPool pool = BufferPool.open("fuzz", 32 << 20);
  private final MessageAssembler assembler = new MessageAssembler(pool, MAX_MESSAGE_BYTES);

  @Override
  public List<byte[]> seeds() {
    return List.of(
        message("76", image("png")),
        message("01", image("jpeg")),
        message(
            "76", HexFormat.of().parseHex("524946461a000000574542505650384c0d0000002f1fc0170000")),
        message(
            "76",
            HexFormat.of()
                .parseHex("52494646160000005745425056503858" + "0a000000100000007f02004701")),
        message(
            "76",
            HexFormat.of()
                .parseHex("5249464622000000574542505650382016000000300100" + "9d012a40003000")),
        message("61", new byte[960 * 8]),
        message("02", new byte[8]));
  }

  private static byte[] image(String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      javax.imageio.ImageIO.write(
          new java.awt.image.BufferedImage(64, 48, java.awt.image.BufferedImage.TYPE_INT_RGB),
          format,
          out);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] message(String channel, byte[] content) {
    ByteBuffer message = ByteBuffer.allocate(1 + content.length);
    return message.put(HexFormat.of().parseHex(channel)).put(content).array();
  }

  @Override
  public boolean feed(byte[] input) {
    // Parts as a container hands them on; where they are cut depends on the input alone.
    int cut = input.length == 0 ? 0 : (input[input.length - 1] & 0xff) % (input.length + 1);
    assembler.add(ByteBuffer.wrap(input, 0, cut), false);
    MessageAssembler.Message message =
        assembler.add(ByteBuffer.wrap(input, cut, input.length - cut), true);
    boolean good = false;
    if (message instanceof MessageAssembler.Message.Whole(int channel, MediaBuffer content)) {
      try (content) {
        good = channel == 'v' ? isImage(content) : content.sizeBytes() > 0;
      }
    }
    if (pool.live() != 0) {
      throw new AssertionError(pool.live() + " buffers left");
    }
    return good;
  }

  private static boolean isImage(MediaBuffer content) {
    try {
      return ImageHeaders.parse(content.content()).width() > 0;
    } catch (MediaException e) {
      return false;
    }
  }

  @Override
  public void close() {
    assembler.close();
    pool.close();
  }
}
