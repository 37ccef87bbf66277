package org.framecast.stream.webrtc.ingest;

import java.util.Set;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;

/**
 * What was agreed on a track that is received.
 *
 * @param ssrcs those that the sender named, as 32 bits; without any, the first that comes is taken
 */
public record ReceivedTrack(
    String mid, MediaKind kind, Codec codec, int payloadType, Set<Integer> ssrcs) {
  public ReceivedTrack {
    ssrcs = Set.copyOf(ssrcs);
  }
}
