package org.framecast.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.event.Event;
import jakarta.interceptor.InvocationContext;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnOpen;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.session.SessionSetup;
import org.framecast.session.StreamMode;
import org.junit.jupiter.api.Test;

class SessionSetupInterceptorTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  private final List<Integer> closeCodes = new ArrayList<>();
  private final Map<String, Object> properties = new HashMap<>();
  private final Session session =
      new SessionRegistry(
              ServerConfig.read(key -> Optional.empty(), Path.of("data")), () -> NOW, noEvents())
          .open("a", Optional.empty())
          .session();
  private final SessionSetup setup =
      new SessionSetup(session, StreamMode.VIDEO, session.reserve(NOW).orElseThrow());

  /** An endpoint whose open method fails. */
  static final class FailingEndpoint {
    @OnOpen
    public void open(jakarta.websocket.Session connection) {
      throw new IllegalStateException("no memory left");
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> Event<T> noEvents() {
    return (Event<T>) fake(Event.class, (proxy, method, arguments) -> null);
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private jakarta.websocket.Session connection() {
    return fake(
        jakarta.websocket.Session.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getUserPrincipal" -> new SetupPrincipal(setup);
              case "getUserProperties" -> properties;
              case "close" -> closeCodes.add(((CloseReason) arguments[0]).getCloseCode().getCode());
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  void aConnectionWhoseStreamCannotStartIsClosedAndGivesItsPlaceBack() {
    jakarta.websocket.Session connection = connection();
    IllegalStateException failure = new IllegalStateException("no memory left");
    InvocationContext opening =
        fake(
            InvocationContext.class,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getMethod" ->
                      FailingEndpoint.class.getMethod("open", jakarta.websocket.Session.class);
                  case "getParameters" -> new Object[] {connection};
                  case "proceed" -> throw failure;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class, () -> new SessionSetupInterceptor().around(opening)));
    assertEquals(List.of(1011), closeCodes);
    assertTrue(session.reserve(NOW).isPresent(), "the place of the publisher is free");
  }
}
