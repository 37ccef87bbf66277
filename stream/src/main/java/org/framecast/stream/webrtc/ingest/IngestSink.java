package org.framecast.stream.webrtc.ingest;

import org.framecast.stream.media.AccessUnit;

/**
 * Takes what a publisher sends, unit by unit, each track in order.
 *
 * <p><b>Thread:</b> the reading thread of the publisher.
 *
 * <p><b>Ownership:</b> units are lent for the call; a sink that keeps one {@linkplain
 * AccessUnit#hold() holds} it.
 */
public interface IngestSink {
  /** A picture that can be decoded with those before it since the last keyframe. */
  void video(AccessUnit unit);

  /** A block of sound. */
  void audio(AccessUnit unit);
}
