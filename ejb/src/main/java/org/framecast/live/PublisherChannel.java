package org.framecast.live;

import java.nio.ByteBuffer;

/**
 * The way back to one publisher. Never waits: what the other side does not take in time is refused.
 *
 * <p><b>Thread:</b> any.
 */
public interface PublisherChannel {
  /** Sends an event; false when it was refused because too much is under way. */
  boolean send(StreamEvent event);

  /**
   * Sends a processed image, channel byte included.
   *
   * <p><b>Ownership:</b> the bytes are the channel's from now on.
   */
  boolean sendImage(ByteBuffer message);

  /** Asks the other side for a sign of life. */
  void ping();

  /**
   * Closes the connection and frees what it holds. Idempotent.
   *
   * @param code a close code of RFC 6455 §7.4, or of 4000 to 4999
   */
  void close(int code, String reason);
}
