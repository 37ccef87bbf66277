package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.AccessUnit;

/**
 * H264 in RTP, packetization mode 1: a NAL unit alone where it fits, in fragments (FU-A) where it
 * does not, and parameter sets together in one packet (STAP-A).
 *
 * <p>Takes Annex B. A keyframe without parameter sets gets the last ones in front of it. Access
 * unit delimiters, fillers and end marks are left out: packets say it all.
 *
 * <p><b>Source:</b> RFC 6184 §5.6 to §5.8, ITU-T H.264 Annex B.
 */
public final class H264Packetizer implements Packetizer {
  static final int TYPE_IDR = 5;
  static final int TYPE_SPS = 7;
  static final int TYPE_PPS = 8;
  private static final int TYPE_DELIMITER = 9;
  private static final int TYPE_FILLER = 12;
  private static final int TYPE_STAP_A = 24;
  private static final int TYPE_FU_A = 28;
  private static final int MAX = PacketHistory.MAX_PAYLOAD_BYTES;
  private static final int FU_BYTES = 2;

  private final NalUnits units = new NalUnits();
  private byte[] sps = {};
  private byte[] pps = {};

  @Override
  public Outcome packetize(AccessUnit unit, PacketHistory history) {
    MemorySegment source = unit.data().block();
    units.read(source, unit.data().sizeBytes());
    if (!fits()) {
      return Outcome.REFUSED;
    }
    history.begin(RtpTime.of(unit.ptsNanos(), unit.codec().clockRateHz()));
    parameterSets(source, history);
    for (int i = 0; i < units.count(); i++) {
      if (isPicture(units.type(i))) {
        nal(source, units.start(i), units.sizeBytes(i), history);
      }
    }
    history.mark();
    return Outcome.PACKETIZED;
  }

  private boolean fits() {
    int packets = 2;
    boolean any = false;
    for (int i = 0; i < units.count(); i++) {
      any |= isPicture(units.type(i));
      boolean parameters = isParameters(units.type(i));
      if (parameters && units.sizeBytes(i) > MAX) {
        return false;
      }
      packets += 1 + units.sizeBytes(i) / (MAX - FU_BYTES);
    }
    return any && packets <= PacketHistory.MAX_PACKETS;
  }

  private static boolean isParameters(int type) {
    return type == TYPE_SPS || type == TYPE_PPS;
  }

  /** What is sent in its place; parameter sets come before. */
  private static boolean isPicture(int type) {
    return !isParameters(type)
        && type > 0
        && type < TYPE_STAP_A
        && (type < TYPE_DELIMITER || type > TYPE_FILLER);
  }

  /** Sends the unit's own parameter sets; before a keyframe that has none, the last ones. */
  private void parameterSets(MemorySegment source, PacketHistory history) {
    boolean keyframe = false;
    int spsHere = 0;
    int ppsHere = 0;
    for (int i = 0; i < units.count(); i++) {
      switch (units.type(i)) {
        case TYPE_SPS -> {
          sps = kept(sps, source, i);
          spsHere++;
        }
        case TYPE_PPS -> {
          pps = kept(pps, source, i);
          ppsHere++;
        }
        case TYPE_IDR -> keyframe = true;
        default -> {
          // Neither a parameter set nor a reason to send one.
        }
      }
    }
    if (spsHere > 1 || ppsHere > 1) {
      all(source, history);
      return;
    }
    boolean withSps = (spsHere > 0 || keyframe) && sps.length > 0;
    boolean withPps = (ppsHere > 0 || keyframe) && pps.length > 0;
    if (withSps && withPps && 5 + sps.length + pps.length <= MAX) {
      together(history);
    } else {
      if (withSps) {
        alone(sps, history);
      }
      if (withPps) {
        alone(pps, history);
      }
    }
  }

  /** A unit with several of a kind keeps them as they are. */
  private void all(MemorySegment source, PacketHistory history) {
    for (int i = 0; i < units.count(); i++) {
      if (isParameters(units.type(i))) {
        nal(source, units.start(i), units.sizeBytes(i), history);
      }
    }
  }

  /** The same bytes as before stay the same array, so that nothing is allocated for each frame. */
  private byte[] kept(byte[] before, MemorySegment source, int index) {
    long start = units.start(index);
    long end = start + units.sizeBytes(index);
    MemorySegment was = MemorySegment.ofArray(before);
    if (MemorySegment.mismatch(source, start, end, was, 0, before.length) < 0) {
      return before;
    }
    return source.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
  }

  private void together(PacketHistory history) {
    long at = history.add(5 + sps.length + pps.length);
    MemorySegment memory = history.memory();
    int importance = (sps[0] | pps[0]) & 0x60;
    memory.set(ValueLayout.JAVA_BYTE, at, (byte) (importance | TYPE_STAP_A));
    at = sized(memory, at + 1, sps);
    sized(memory, at, pps);
  }

  private static long sized(MemorySegment memory, long at, byte[] nal) {
    memory.set(PacketHistory.SHORT, at, (short) nal.length);
    MemorySegment.copy(nal, 0, memory, ValueLayout.JAVA_BYTE, at + 2, nal.length);
    return at + 2 + nal.length;
  }

  private static void alone(byte[] nal, PacketHistory history) {
    long at = history.add(nal.length);
    MemorySegment.copy(nal, 0, history.memory(), ValueLayout.JAVA_BYTE, at, nal.length);
  }

  private static void nal(MemorySegment source, long start, int size, PacketHistory history) {
    if (size <= MAX) {
      long at = history.add(size);
      MemorySegment.copy(source, start, history.memory(), at, size);
      return;
    }
    int header = source.get(ValueLayout.JAVA_BYTE, start);
    int bytes = size - 1;
    int parts = (bytes + MAX - FU_BYTES - 1) / (MAX - FU_BYTES);
    int most = (bytes + parts - 1) / parts;
    long from = start + 1;
    for (int i = 0; i < parts; i++) {
      int part = (int) Math.min(most, start + size - from);
      long at = history.add(FU_BYTES + part);
      MemorySegment memory = history.memory();
      int edge = (i == 0 ? 0x80 : 0) | (i == parts - 1 ? 0x40 : 0);
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) (header & 0xe0 | TYPE_FU_A));
      memory.set(ValueLayout.JAVA_BYTE, at + 1, (byte) (edge | header & 0x1f));
      MemorySegment.copy(source, from, memory, at + FU_BYTES, part);
      from += part;
    }
  }
}
