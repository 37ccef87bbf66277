package org.framecast.web.body;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ImmediatePooledByteBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.framecast.problem.Problem;
import org.framecast.web.problem.BodyProblems;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * One body on its way. It has a place only while it is waited for; all bytes of most bodies come
 * with the request's head.
 *
 * <p><b>Thread:</b> the I/O thread of its connection alone.
 */
final class ArrivingBody {
  private static final int CHUNK_BYTES = 16_384;

  private final HttpServerExchange exchange;
  private final HttpHandler next;
  private final BodyRules rules;
  private final int maxBytes;
  private final String address;
  private final ChunkFraming framing;
  private final StreamSourceChannel channel;
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private XnioExecutor.@Nullable Key deadline;
  private int countedBytes;

  ArrivingBody(HttpServerExchange exchange, HttpHandler next, BodyRules rules, int maxBytes) {
    this.exchange = exchange;
    this.next = next;
    this.rules = rules;
    this.maxBytes = maxBytes;
    address = exchange.getSourceAddress().getHostString();
    framing = FramedSource.watch(exchange);
    channel = exchange.getRequestChannel();
  }

  /** Takes what is there, and waits for the rest. */
  void begin() {
    if (framing.isBroken()) {
      refuse(BodyProblems.malformed());
      return;
    }
    channel.getReadSetter().set(ready -> read());
    read();
  }

  private void read() {
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      ByteBuffer buffer = pooled.getBuffer();
      while (true) {
        buffer.clear().limit(Math.min(buffer.capacity(), CHUNK_BYTES));
        int count = channel.read(buffer);
        if (count < 0) {
          finish(next);
          return;
        }
        Optional<Problem> refusal = taken(count, buffer.flip());
        if (refusal.isPresent()) {
          refuse(refusal.get());
          return;
        }
        if (count == 0) {
          return;
        }
      }
    } catch (IOException e) {
      release();
      BodyRefusal.close(exchange);
    }
  }

  private Optional<Problem> taken(int count, ByteBuffer bytes) {
    if (framing.isBroken()) {
      return Optional.of(BodyProblems.malformed());
    }
    return count == 0 ? await() : keep(bytes);
  }

  private Optional<Problem> keep(ByteBuffer bytes) {
    if (arrived.size() + bytes.remaining() > maxBytes) {
      return Optional.of(BodyProblems.tooLarge(maxBytes));
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    arrived.writeBytes(copy);
    return deadline == null ? Optional.empty() : count();
  }

  private Optional<Problem> await() {
    if (deadline == null) {
      Optional<Problem> refusal = rules.places().take(address);
      if (refusal.isPresent()) {
        return refusal;
      }
      deadline =
          exchange
              .getIoThread()
              .executeAfter(this::late, rules.limit().toMillis(), TimeUnit.MILLISECONDS);
    }
    Optional<Problem> refusal = count();
    if (refusal.isEmpty()) {
      channel.resumeReads();
    }
    return refusal;
  }

  private Optional<Problem> count() {
    Optional<Problem> refusal = rules.places().hold(arrived.size() - countedBytes);
    if (refusal.isEmpty()) {
      countedBytes = arrived.size();
    }
    return refusal;
  }

  private void late() {
    refuse(BodyProblems.late(rules.limit()));
  }

  private void refuse(Problem problem) {
    finish(refused -> BodyRefusal.send(refused, problem, rules.origins()));
  }

  /** Ends the waiting and hands the request on, with what has arrived. */
  private void finish(HttpHandler handler) {
    boolean waited = deadline != null;
    release();
    channel.suspendReads();
    channel.getReadSetter().set(null);
    if (handler == next) {
      if (arrived.size() > 0) {
        Connectors.ungetRequestBytes(
            exchange, new ImmediatePooledByteBuffer(ByteBuffer.wrap(arrived.toByteArray())));
      }
      Connectors.resetRequestChannel(exchange);
    }
    if (waited) {
      Connectors.executeRootHandler(handler, exchange);
      return;
    }
    try {
      handler.handleRequest(exchange);
    } catch (Exception e) {
      BodyRefusal.close(exchange);
    }
  }

  private void release() {
    if (deadline != null) {
      deadline.remove();
      deadline = null;
      rules.places().release(address, countedBytes);
      countedBytes = 0;
    }
  }
}
