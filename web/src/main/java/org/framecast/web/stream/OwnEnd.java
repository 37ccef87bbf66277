package org.framecast.web.stream;

import io.undertow.websockets.jsr.ConfiguredServerEndpoint;
import io.undertow.websockets.jsr.ServerWebSocketContainer;
import jakarta.websocket.Session;

/**
 * Takes a connection off the container's list of those that it closes by itself. It would do so
 * when the server is suspended, which is the first step of a stop, and when the application is
 * undeployed, both before anybody here hears of it, and with nothing but the code 1001. A
 * connection that is not on the list is closed by {@link StreamsEnd}, which says why.
 *
 * <p><b>Thread:</b> any.
 */
final class OwnEnd {
  private OwnEnd() {}

  static void of(Session connection) {
    if (connection.getContainer() instanceof ServerWebSocketContainer container) {
      for (ConfiguredServerEndpoint endpoint : container.getConfiguredServerEndpoints()) {
        endpoint.removeOpenSession(connection);
      }
    }
  }
}
