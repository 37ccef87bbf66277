package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.media.AccessUnit;

/**
 * Opus in RTP: one block, one packet. The marker stands on the first alone, since nothing is left
 * out in silence.
 *
 * <p><b>Source:</b> RFC 7587 §4.
 */
public final class OpusPacketizer implements Packetizer {
  private boolean talking;

  @Override
  public Outcome packetize(AccessUnit unit, PacketHistory history) {
    int bytes = unit.data().sizeBytes();
    if (bytes == 0 || bytes > PacketHistory.MAX_PAYLOAD_BYTES) {
      return Outcome.REFUSED;
    }
    history.begin(RtpTime.of(unit.ptsNanos(), unit.codec().clockRateHz()));
    long payload = history.add(bytes);
    MemorySegment.copy(unit.data().block(), 0, history.memory(), payload, bytes);
    if (!talking) {
      history.mark();
      talking = true;
    }
    return Outcome.PACKETIZED;
  }
}
