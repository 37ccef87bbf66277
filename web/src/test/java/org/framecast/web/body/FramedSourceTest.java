package org.framecast.web.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.EmptyStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

class FramedSourceTest {
  /** A socket that has these bytes, and its end behind them. */
  private static final class Socket extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final ByteBuffer bytes;

    Socket(String text) {
      super(new EmptyStreamSourceConduit(null));
      bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int read(ByteBuffer target) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      int count = Math.min(target.remaining(), bytes.remaining());
      target.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }
  }

  private final ChunkFraming framing = new ChunkFraming();

  private int read(FramedSource source) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(5);
    int count = source.read(target);
    assertEquals(Math.max(0, count), target.position());
    return count;
  }

  @Test
  void whatComesInChunksIsGivenOn() throws IOException {
    Socket socket = new Socket("2\r\nab\r\n0\r\n\r\n");
    FramedSource source = new FramedSource(socket, framing);
    assertEquals(5, read(source));
    assertEquals(5, read(source));
    assertEquals(2, read(source));
    assertEquals(-1, read(source));
  }

  /** Bytes that stay in the socket would wake its thread again and again. */
  @Test
  void whatComesBehindABrokenChunkIsTakenAndGivenToNobody() throws IOException {
    Socket socket = new Socket("zz\r\nand much more of it");
    FramedSource source = new FramedSource(socket, framing);
    assertEquals(0, read(source));
    assertTrue(framing.isBroken());
    for (int left = socket.bytes.remaining(); left > 0; left = socket.bytes.remaining()) {
      assertEquals(0, read(source));
      assertEquals(Math.max(0, left - 5), socket.bytes.remaining());
    }
    assertEquals(-1, read(source));
  }
}
