package org.framecast.web.stream;

import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** Spike. */
@ServerEndpoint(
    value = "/stream",
    subprotocols = {"video", "image"})
public class StreamEndpoint {
  @OnOpen
  public void open(Session session) throws IOException {
    session.getBasicRemote().sendText("hello " + session.getNegotiatedSubprotocol());
  }
}
