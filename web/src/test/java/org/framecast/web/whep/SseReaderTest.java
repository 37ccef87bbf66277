package org.framecast.web.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.framecast.viewer.ViewerEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SseReaderTest {
  private static final class Answer implements SseEventSink {
    final List<CompletableFuture<Object>> writes = new ArrayList<>();
    boolean closesMeanwhile;
    boolean closed;

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
      if (closesMeanwhile) {
        closed = true;
        throw new IllegalStateException("closed");
      }
      writes.add(new CompletableFuture<>());
      return writes.getLast();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final OutboundSseEvent EVENT = made(OutboundSseEvent.class, null);

  private final Answer answer = new Answer();
  private final SseReader reader = new SseReader(answer, made(Sse.class, EVENT));

  private static <T> T made(Class<T> type, @Nullable Object result) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> result));
  }

  @Test
  void aReaderThatGoesMeanwhileIsNoFault() {
    answer.closesMeanwhile = true;
    assertFalse(reader.send(new ViewerEvent.Active()));
    assertFalse(reader.send(new ViewerEvent.Active()));
  }

  @Test
  void aReaderThatDoesNotKeepUpIsGivenUp() {
    for (int i = 0; i < 16; i++) {
      assertTrue(reader.send(new ViewerEvent.ViewerCount(i)));
    }
    assertFalse(reader.send(new ViewerEvent.ViewerCount(16)));
    assertEquals(16, answer.writes.size());
  }

  @Test
  void aWriteThatFailsClosesTheAnswer() {
    assertTrue(reader.send(new ViewerEvent.Inactive()));
    answer.writes.getFirst().completeExceptionally(new java.io.IOException("gone"));
    assertTrue(answer.closed);
    assertFalse(reader.send(new ViewerEvent.Active()));
  }
}
