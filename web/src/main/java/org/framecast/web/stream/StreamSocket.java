package org.framecast.web.stream;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.framecast.config.ServerConfig;
import org.framecast.live.LiveStreams;
import org.framecast.live.Publisher;
import org.framecast.live.StreamEvent;
import org.framecast.problem.ProblemException;
import org.framecast.web.security.MediaContext;
import org.framecast.web.security.SessionScopedMedia;
import org.jspecify.annotations.Nullable;

/**
 * One publisher's connection. The handshake in front has chosen its session and mode.
 *
 * <p><b>Thread:</b> the container calls one connection's methods one at a time.
 */
@ServerEndpoint(
    value = "/stream",
    subprotocols = {"image", "video"})
@SessionScopedMedia
public class StreamSocket {
  /**
   * What the container reads of one message before it closes the connection by itself. Messages
   * come in parts, and the publisher's own limit is far below.
   */
  private static final int CONTAINER_LIMIT_BYTES = 64 << 20;

  @Inject private LiveStreams streams;
  @Inject private ServerConfig config;
  private @Nullable Publisher publisher;

  /** Starts the live stream. */
  @OnOpen
  public void open(Session connection) {
    connection.setMaxBinaryMessageBufferSize(CONTAINER_LIMIT_BYTES);
    connection.setMaxTextMessageBufferSize(CONTAINER_LIMIT_BYTES);
    OwnEnd.of(connection);
    MediaContext context = Objects.requireNonNull(MediaContext.of(connection));
    SocketChannel channel =
        new SocketChannel(connection, config.ingest().maxSendsInFlight(), context::close);
    Publisher opened;
    try {
      opened = streams.publish(context.setup(), channel);
    } catch (ProblemException refusal) {
      // The state was good when it was set; what a layer needs may be gone since.
      channel.send(new StreamEvent.Ended(refusal.problem().code()));
      channel.close(CloseReason.CloseCodes.UNEXPECTED_CONDITION.getCode(), "cannot start");
      return;
    }
    context.atClose(opened::close);
    publisher = opened;
    opened.ready();
  }

  /** Takes a part of a message; the bytes are copied before this returns. */
  @OnMessage
  public void binary(ByteBuffer part, boolean last, Session connection) {
    if (publisher != null) {
      publisher.binary(part, last);
    }
  }

  /** No text is taken from a publisher. */
  @OnMessage
  public void text(String part, boolean last, Session connection) {
    if (publisher != null && last) {
      publisher.text();
    }
  }

  /** Shows that the other side is there. */
  @OnMessage
  public void pong(PongMessage pong, Session connection) {
    if (publisher != null) {
      publisher.alive();
    }
  }

  /** The stream ends with the connection, by the context that closes after this. */
  @OnClose
  public void close(Session connection, CloseReason reason) {
    StreamMessages.LOG.debugf("connection closed: %s", reason);
  }

  /** Connections break; the close that follows frees everything. */
  @OnError
  public void error(Session connection, Throwable failure) {
    StreamMessages.LOG.debugf(failure, "connection failed");
  }
}
