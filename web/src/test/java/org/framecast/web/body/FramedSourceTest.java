package org.framecast.web.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xnio.ChannelPipe;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

class FramedSourceTest {
  private static final long LIMIT_NANOS = 30_000_000_000L;

  private static XnioWorker worker;

  private final ChunkFraming framing = new ChunkFraming();

  @BeforeAll
  static void startWorker() throws IOException {
    worker = Xnio.getInstance().createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1));
  }

  @AfterAll
  static void stopWorker() {
    worker.shutdownNow();
  }

  /** The reading end of a pipe that has these bytes, and its end behind them. */
  private FramedSource source(String text) throws IOException {
    ChannelPipe<StreamSourceChannel, StreamSinkChannel> pipe =
        worker.getIoThread().createHalfDuplexPipe();
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    try (StreamSinkChannel end = pipe.getRightSide()) {
      assertEquals(text.length(), end.write(bytes));
    }
    ConduitStreamSourceChannel channel = (ConduitStreamSourceChannel) pipe.getLeftSide();
    return new FramedSource(channel.getConduit(), framing);
  }

  private int read(FramedSource source) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(5);
    int count = source.read(target);
    assertEquals(Math.max(0, count), target.position());
    return count;
  }

  /** What is read last; the pipe's other end closes in its own time. */
  private int readEnd(FramedSource source) throws IOException {
    long start = System.nanoTime();
    int count = read(source);
    while (count == 0 && System.nanoTime() - start < LIMIT_NANOS) {
      count = read(source);
    }
    return count;
  }

  @Test
  void whatComesInChunksIsGivenOn() throws IOException {
    FramedSource source = source("2\r\nab\r\n0\r\n\r\n");
    assertEquals(5, read(source));
    assertEquals(5, read(source));
    assertEquals(2, read(source));
    assertEquals(-1, readEnd(source));
  }

  @Test
  void whatTheTargetHasAlreadyIsNotLookedAt() throws IOException {
    FramedSource source = source("2\r\nab\r\n0\r\n\r\n");
    ByteBuffer target = ByteBuffer.allocate(40).put("zz".getBytes(StandardCharsets.US_ASCII));
    assertEquals(12, source.read(target));
    assertEquals(14, target.position());
    assertFalse(framing.isBroken());
  }

  /** Bytes that stay in the socket would wake its thread again and again. */
  @Test
  void whatComesBehindABrokenChunkIsTakenAndGivenToNobody() throws IOException {
    FramedSource source = source("zz\r\nand much more of it");
    for (int taken = 0; taken < 25; taken += 5) {
      assertEquals(0, read(source));
      assertTrue(framing.isBroken());
    }
    assertEquals(-1, readEnd(source));
  }
}
