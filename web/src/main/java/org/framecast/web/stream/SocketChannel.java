package org.framecast.web.stream;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.live.PublisherChannel;
import org.framecast.live.StreamEvent;

/**
 * Sends to one publisher without ever waiting for it. The container would queue without a bound for
 * a client that does not read, so messages in flight are counted here and further ones are refused.
 *
 * <p><b>Thread:</b> any.
 */
final class SocketChannel implements PublisherChannel {
  /** Places that only events get, so that a client can be told that its images find none. */
  private static final int EVENT_RESERVE = 4;

  private final Session connection;
  private final int maxInFlight;
  private final Runnable afterClose;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * @param afterClose frees what the connection holds, also when the other side never answers the
   *     close
   */
  SocketChannel(Session connection, int maxInFlight, Runnable afterClose) {
    this.connection = connection;
    this.maxInFlight = maxInFlight;
    this.afterClose = afterClose;
  }

  @Override
  public boolean send(StreamEvent event) {
    return reserve(1, maxInFlight + EVENT_RESERVE) && started(event);
  }

  @Override
  public boolean sendResult(StreamEvent.Result found, ByteBuffer image) {
    if (!reserve(2, maxInFlight)) {
      return false;
    }
    boolean told = started(found);
    return started(done -> connection.getAsyncRemote().sendBinary(image, done)) && told;
  }

  private boolean started(StreamEvent event) {
    String text = EventJson.of(event);
    return started(done -> connection.getAsyncRemote().sendText(text, done));
  }

  @Override
  public void ping() {
    try {
      connection.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      StreamMessages.LOG.debugf(e, "ping failed");
    }
  }

  @Override
  public void close(int code, String reason) {
    try {
      connection.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
    } catch (IOException | IllegalStateException e) {
      StreamMessages.LOG.debugf(e, "close failed");
    }
    try {
      afterClose.run();
    } catch (RuntimeException e) {
      // Whoever ends a session goes on with what else belongs to it.
      StreamMessages.LOG.debugf(e, "freeing a connection failed");
    }
  }

  /** Takes places for messages; each of them must then be started, which gives its place back. */
  private boolean reserve(int messages, int max) {
    if (!connection.isOpen()) {
      return false;
    }
    if (inFlight.addAndGet(messages) > max) {
      inFlight.addAndGet(-messages);
      return false;
    }
    return true;
  }

  private boolean started(Send send) {
    boolean started = false;
    try {
      send.start(result -> inFlight.decrementAndGet());
      started = true;
      return true;
    } catch (IllegalStateException e) {
      StreamMessages.LOG.debugf(e, "send failed");
      return false;
    } finally {
      if (!started) {
        inFlight.decrementAndGet();
      }
    }
  }

  private interface Send {
    void start(SendHandler done);
  }
}
