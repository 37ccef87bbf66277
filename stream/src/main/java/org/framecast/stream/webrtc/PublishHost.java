package org.framecast.stream.webrtc;

import java.util.Optional;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.webrtc.ingest.IngestSink;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/** Opens the stream of a publisher whose offer was answered. */
public interface PublishHost {
  /**
   * Where a publisher's units go.
   *
   * @param pool where they come from; it outlives the publisher
   */
  record Reception(IngestSink sink, BufferPool pool) {}

  /**
   * Opens the stream.
   *
   * <p><b>Thread:</b> the one that answers the offer, once.
   *
   * @param formats in what the publisher sends, and the stream can be passed on
   * @return empty when there can be no stream any more
   */
  Optional<Reception> open(StreamFormats formats, PeerPublisher publisher);
}
