package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * H264 in packetization modes 0 and 1: single NAL units, several in a packet (STAP-A), and parts of
 * one (FU-A). What belongs to mode 2 (STAP-B, MTAP, FU-B) was not agreed and is refused. The unit
 * is a byte stream of NAL units behind start codes.
 *
 * <p><b>Source:</b> RFC 6184 §5.6 to §5.8, ITU-T H.264 Annex B.
 */
final class H264Depacketizer implements Depacketizer {
  private static final MemorySegment START_CODE =
      MemorySegment.ofArray(new byte[] {0, 0, 0, 1}).asReadOnly();
  private static final int TYPE = 0x1f;
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int DELIMITER = 9;
  private static final int LAST_SINGLE = 23;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_START = 0x80;
  private static final int FU_END = 0x40;

  private boolean keyframe;
  private boolean fragment;

  @Override
  public void begin() {
    keyframe = false;
    fragment = false;
  }

  @Override
  public boolean isFirst(MemorySegment memory, long at, int bytes) {
    int type = memory.get(ValueLayout.JAVA_BYTE, at) & TYPE;
    if (type == STAP_A && bytes > 3) {
      type = memory.get(ValueLayout.JAVA_BYTE, at + 3) & TYPE;
    }
    return type == SPS || type == DELIMITER;
  }

  @Override
  public Part add(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    int type = memory.get(ValueLayout.JAVA_BYTE, at) & TYPE;
    if (fragment && type != FU_A) {
      return Part.BROKEN;
    }
    boolean added =
        switch (type) {
          case STAP_A -> several(memory, at, bytes, unit);
          case FU_A -> fragment(memory, at, bytes, unit);
          default -> type > 0 && type <= LAST_SINGLE && whole(memory, at, bytes, unit);
        };
    return added ? Part.TAKEN : Part.BROKEN;
  }

  private boolean whole(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    see(memory.get(ValueLayout.JAVA_BYTE, at) & TYPE);
    return startCode(unit) && unit.append(memory, at, bytes);
  }

  private void see(int type) {
    keyframe |= type == IDR;
  }

  private static boolean startCode(UnitBuffer unit) {
    return unit.append(START_CODE, 0, 4);
  }

  private boolean several(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    int position = 1;
    while (position + 2 < bytes) {
      int size = memory.get(RtpHeader.SHORT, at + position) & 0xffff;
      position += 2;
      if (size == 0 || size > bytes - position) {
        return false;
      }
      int type = memory.get(ValueLayout.JAVA_BYTE, at + position) & TYPE;
      if (type == 0 || type > LAST_SINGLE || !whole(memory, at + position, size, unit)) {
        return false;
      }
      position += size;
    }
    return position == bytes && bytes > 1;
  }

  private boolean fragment(MemorySegment memory, long at, int bytes, UnitBuffer unit) {
    if (bytes < 3) {
      return false;
    }
    int indicator = memory.get(ValueLayout.JAVA_BYTE, at);
    int header = memory.get(ValueLayout.JAVA_BYTE, at + 1);
    boolean start = (header & FU_START) != 0;
    boolean end = (header & FU_END) != 0;
    int type = header & TYPE;
    if (start == fragment || (start && end) || type == 0 || type > LAST_SINGLE) {
      return false;
    }
    if (start) {
      see(type);
      if (!startCode(unit) || !unit.append(indicator & 0xe0 | type)) {
        return false;
      }
    }
    fragment = !end;
    return unit.append(memory, at + 2, bytes - 2);
  }

  @Override
  public Part end(UnitBuffer unit) {
    return fragment ? Part.BROKEN : Part.TAKEN;
  }

  @Override
  public boolean isKeyframe() {
    return keyframe;
  }
}
