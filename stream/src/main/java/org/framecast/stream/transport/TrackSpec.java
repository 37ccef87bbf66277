package org.framecast.stream.transport;

import org.framecast.stream.media.Codec;

/**
 * A track that sends, as its answer will describe it.
 *
 * @param ssrc as 32 bits
 * @param streamId the first part of {@code a=msid}, the same for all tracks of a peer
 * @param trackId the second part of {@code a=msid}
 */
public record TrackSpec(
    String mid,
    MediaKind kind,
    Codec codec,
    int payloadType,
    int ssrc,
    String cname,
    String streamId,
    String trackId) {
  public TrackSpec {
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payload type " + payloadType);
    }
  }
}
