package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;

/**
 * Opus in RTP: one block, one packet. The marker stands on the first alone, since nothing is left
 * out in silence.
 *
 * <p>RTP time counts samples: a block begins where the one before it ended, though its PTS may move
 * a little against that while a publisher's clock is followed. Receivers throw away a packet whose
 * time overlaps what they have played; how the two clocks belong together, the sender reports say.
 * Only a PTS that is off by half a block is a gap, or a jump, in RTP time too.
 *
 * <p><b>Source:</b> RFC 7587 §4, RFC 3550 §6.4.1.
 */
public final class OpusPacketizer implements Packetizer {
  private static final int RATE_HZ = Codec.OPUS.clockRateHz();
  private static final long MAX_DRIFT_NANOS = 10_000_000L;

  private boolean talking;
  private int time;
  private long ptsNanos;
  private int samples;

  @Override
  public Outcome packetize(AccessUnit unit, PacketHistory history) {
    int bytes = unit.data().sizeBytes();
    if (bytes == 0 || bytes > PacketHistory.MAX_PAYLOAD_BYTES) {
      return Outcome.REFUSED;
    }
    time = talking ? next(unit.ptsNanos()) : RtpTime.of(unit.ptsNanos(), RATE_HZ);
    ptsNanos = unit.ptsNanos();
    samples = OpusLength.samples(unit.data().block(), bytes);
    history.begin(time);
    long payload = history.add(bytes);
    MemorySegment.copy(unit.data().block(), 0, history.memory(), payload, bytes);
    if (!talking) {
      history.mark();
      talking = true;
    }
    return Outcome.PACKETIZED;
  }

  private int next(long pts) {
    long lengthNanos = samples * 1_000_000_000L / RATE_HZ;
    long drift = Math.abs(pts - ptsNanos - lengthNanos);
    return drift < Math.min(MAX_DRIFT_NANOS, lengthNanos / 2)
        ? time + samples
        : time + RtpTime.of(pts, RATE_HZ) - RtpTime.of(ptsNanos, RATE_HZ);
  }
}
