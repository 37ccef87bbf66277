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
   * Sends what was found in an image and then the processed image, or neither.
   *
   * <p><b>Ownership:</b> the bytes are the channel's from now on.
   *
   * @param image channel byte included
   */
  boolean sendResult(StreamEvent.Result found, ByteBuffer image);

  /** Asks the other side for a sign of life. */
  void ping();

  /**
   * Closes the connection and frees what it holds. Idempotent.
   *
   * @param code a close code of RFC 6455 §7.4, or of 4000 to 4999
   */
  void close(int code, String reason);
}
