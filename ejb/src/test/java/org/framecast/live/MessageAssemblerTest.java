package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.framecast.live.MessageAssembler.Failure;
import org.framecast.live.MessageAssembler.Message;
import org.framecast.stream.media.BufferPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {
  private static final int MAX_BYTES = 200_000;

  private final BufferPool pool = BufferPool.open("test", 4 << 20);
  private final MessageAssembler assembler = new MessageAssembler(pool, MAX_BYTES);

  @AfterEach
  void nothingIsLeft() {
    assembler.close();
    assertEquals(0, pool.live());
    pool.close();
  }

  private Message send(byte[] message, int partBytes) {
    for (int at = 0; at < message.length; at += partBytes) {
      int end = Math.min(message.length, at + partBytes);
      Message result = assembler.add(ByteBuffer.wrap(message, at, end - at), end == message.length);
      if (result != null) {
        assertEquals(message.length, end);
        return result;
      }
    }
    throw new AssertionError("no message");
  }

  @Test
  void partsOfAnySizeMakeTheSameMessage() {
    byte[] message = new byte[100_000];
    new Random(1).nextBytes(message);
    message[0] = 'v';
    for (int partBytes : new int[] {1_000, 16_384, 100_000, 99_999, 777}) {
      Message.Whole whole = assertInstanceOf(Message.Whole.class, send(message, partBytes));
      assertEquals('v', whole.channel());
      assertArrayEquals(
          Arrays.copyOfRange(message, 1, message.length),
          whole.content().content().toArray(ValueLayout.JAVA_BYTE));
      whole.content().close();
    }
  }

  @Test
  void theFirstByteAloneIsTheChannel() {
    assertNull(assembler.add(ByteBuffer.wrap(new byte[] {'a'}), false));
    Message.Whole whole =
        assertInstanceOf(
            Message.Whole.class, assembler.add(ByteBuffer.wrap(new byte[] {1, 2}), true));
    assertEquals('a', whole.channel());
    assertEquals(2, whole.content().sizeBytes());
    whole.content().close();
  }

  @Test
  void anOversizedMessageIsPassedOverAndTheNextOneIsWhole() {
    assertEquals(new Message.Unusable(Failure.TOO_LARGE), send(new byte[MAX_BYTES + 1], 16_384));
    assertEquals(0, pool.live());
    assertInstanceOf(Message.Whole.class, closed(send(new byte[MAX_BYTES], 16_384)));
  }

  @Test
  void anEmptyMessageIsUnusable() {
    assertEquals(new Message.Unusable(Failure.EMPTY), assembler.add(ByteBuffer.allocate(0), true));
  }

  @Test
  void withoutMemoryTheMessageIsDroppedAndTheNextOneIsTaken() {
    try (BufferPool small = BufferPool.open("small", 64 << 10);
        MessageAssembler tight = new MessageAssembler(small, MAX_BYTES)) {
      assertEquals(
          new Message.Unusable(Failure.NO_ROOM),
          tight.add(ByteBuffer.wrap(new byte[150_000]), true));
      assertInstanceOf(
          Message.Whole.class, closed(tight.add(ByteBuffer.wrap(new byte[1_000]), true)));
      assertEquals(0, small.live());
    }
  }

  private static @Nullable Message closed(@Nullable Message message) {
    if (message instanceof Message.Whole whole) {
      whole.content().close();
    }
    return message;
  }
}
