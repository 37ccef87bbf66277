package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;

/** Sends RTCP to the publisher; what does not get through is no fault. */
@FunctionalInterface
public interface RtcpSender {
  /**
   * <b>Ownership:</b> the memory is lent for the call.
   *
   * @param packet native memory that begins with the packet
   */
  void send(MemorySegment packet, int sizeBytes);
}
