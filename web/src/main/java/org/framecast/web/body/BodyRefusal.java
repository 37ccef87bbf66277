package org.framecast.web.body;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.framecast.problem.Problem;
import org.framecast.web.problem.ProblemDocument;
import org.framecast.web.security.Origins;
import org.xnio.IoUtils;

/**
 * The answer to a request whose body is not taken. With HTTP/1 its connection ends with it, with
 * HTTP/2 its stream.
 */
final class BodyRefusal {
  /** So long a client may take to read the answer; closing at once could take it away. */
  private static final int LINGER_MILLIS = 1_000;

  private BodyRefusal() {}

  /**
   * @param origins whose pages may read the answer
   */
  static void send(HttpServerExchange exchange, Problem problem, Origins origins) {
    exchange.setPersistent(false);
    exchange.setStatusCode(problem.status());
    HeaderMap headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
    headers.put(Headers.CACHE_CONTROL, "no-store");
    headers.put(new HttpString("X-Content-Type-Options"), "nosniff");
    origins
        .readers(exchange.getRelativePath(), exchange.getRequestHeaders().getFirst(Headers.ORIGIN))
        .forEach((name, value) -> headers.put(new HttpString(name), value));
    problem.retryAfter().ifPresent(wait -> headers.put(Headers.RETRY_AFTER, wait.toSeconds()));
    byte[] body = ProblemDocument.body(problem).getBytes(StandardCharsets.UTF_8);
    exchange.setResponseContentLength(body.length);
    exchange.getResponseSender().send(ByteBuffer.wrap(body), new ThenClose());
  }

  static void close(HttpServerExchange exchange) {
    IoUtils.safeClose(exchange.getConnection());
  }

  private static final class ThenClose implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
      if (exchange.getProtocol().equals(Protocols.HTTP_2_0)) {
        sender.close(new ThenReset());
        return;
      }
      exchange.endExchange();
      later(exchange, () -> close(exchange));
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException failure) {
      close(exchange);
    }
  }

  /** A client that hears of the end of its request before the answer would not read the answer. */
  private static final class ThenReset implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
      later(exchange, exchange::endExchange);
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException failure) {
      exchange.endExchange();
    }
  }

  private static void later(HttpServerExchange exchange, Runnable end) {
    exchange.getIoThread().executeAfter(end, LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
