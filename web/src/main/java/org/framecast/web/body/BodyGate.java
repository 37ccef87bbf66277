package org.framecast.web.body;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.util.function.Supplier;
import org.framecast.web.problem.BodyProblems;

/**
 * Lets a request through when its whole body is there, so that no thread of the application waits
 * for bytes. A body that is too large, too slow or one too many is refused here, and its connection
 * closed: what is left of it is not read.
 *
 * <p><b>Thread:</b> the I/O thread of the connection.
 */
final class BodyGate implements HttpHandler {
  private final HttpHandler next;
  private final Supplier<BodyRules> rules;

  BodyGate(HttpHandler next, Supplier<BodyRules> rules) {
    this.next = next;
    this.rules = rules;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (exchange.isRequestComplete()) {
      next.handleRequest(exchange);
      return;
    }
    BodyRules now = rules.get();
    int maxBytes = now.maxBytes(exchange.getRelativePath());
    if (exchange.getRequestContentLength() > maxBytes) {
      BodyRefusal.send(exchange, BodyProblems.tooLarge(maxBytes), now.origins());
      return;
    }
    ArrivingBody body = new ArrivingBody(exchange, next, now, maxBytes);
    if (HttpContinue.requiresContinueResponse(exchange)) {
      HttpContinue.sendContinueResponse(exchange, new ThenRead(body));
    } else {
      body.begin();
    }
  }

  /** The client has been told to go on. */
  private record ThenRead(ArrivingBody body) implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
      body.begin();
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException failure) {
      BodyRefusal.close(exchange);
    }
  }
}
