package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;

/**
 * Opus: one packet, one unit.
 *
 * <p><b>Source:</b> RFC 7587 §4.2.
 */
final class OpusDepacketizer implements Depacketizer {
  private boolean taken;

  @Override
  public void begin() {
    taken = false;
  }

  @Override
  public boolean isFirst(MemorySegment memory, long at, int bytes) {
    return true;
  }

  @Override
  public Part add(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    if (taken || !unit.append(memory, at, bytes)) {
      return Part.BROKEN;
    }
    taken = true;
    return Part.TAKEN;
  }

  @Override
  public Part end(UnitBuffer unit) {
    return Part.TAKEN;
  }

  @Override
  public boolean isKeyframe() {
    return true;
  }
}
