package org.framecast.stream.transport;

import java.lang.foreign.MemorySegment;

/**
 * One track that sends, or that receives and sends RTCP alone.
 *
 * <p><b>Thread:</b> one sender at a time.
 *
 * <p><b>Ownership:</b> lives as long as its {@link Peer}.
 */
public interface PeerTrack {
  /** What became of a packet. */
  enum Outcome {
    SENT,
    /** The socket's buffer is full, or the track is not open yet: the packet is lost. */
    DROPPED,
    /** The track will never send again. */
    CLOSED
  }

  /** The section that the track belongs to. */
  String mid();

  /**
   * Encrypts and sends one RTP or RTCP packet. Allocates nothing and never waits for the network.
   *
   * <p><b>Ownership:</b> the memory is lent for the call.
   *
   * @param memory native
   * @param offset where the packet begins in it
   */
  Outcome send(MemorySegment memory, long offset, int sizeBytes);

  /** {@link #sendAll} of a track that will never send again. */
  int CLOSED = -1;

  /**
   * Encrypts and sends the packets of one unit, up to the first that is lost. Allocates nothing and
   * never waits for the network.
   *
   * <p><b>Ownership:</b> the memory is lent for the call.
   *
   * @return how many were sent, the first ones in order, or {@link #CLOSED}
   */
  default int sendAll(PacketRow packets) {
    int sent = 0;
    while (sent < packets.count()) {
      switch (send(packets.memory(), packets.offset(sent), packets.sizeBytes(sent))) {
        case SENT -> sent++;
        case DROPPED -> {
          return sent;
        }
        case CLOSED -> {
          return CLOSED;
        }
      }
    }
    return sent;
  }
}
