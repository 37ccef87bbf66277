package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.AccessUnit;

/**
 * AV1 in RTP: the units of a temporal unit behind an aggregation header, several in a packet, or
 * one in several packets. Their own size fields are left out; a packet with more than one element
 * gives the length of each.
 *
 * <p><b>Source:</b> RTP Payload Format for AV1 (v1.0) §4.
 */
public final class Av1Packetizer implements Packetizer {
  private static final int CONTINUES = 0x80;
  private static final int CONTINUED = 0x40;
  private static final int ONE_ELEMENT = 0x10;
  private static final int NEW_SEQUENCE = 0x08;
  private static final int MAX_ELEMENT_BYTES = PacketHistory.MAX_PAYLOAD_BYTES - 1;

  /** A smaller piece is not worth its length field. */
  private static final int MIN_PIECE_BYTES = 32;

  private final Obus obus = new Obus();
  private int index;
  private int sent;

  @Override
  public Outcome packetize(AccessUnit unit, PacketHistory history) {
    MemorySegment source = unit.data().block();
    if (!obus.read(source, unit.data().sizeBytes()) || obus.count() == 0) {
      return Outcome.REFUSED;
    }
    long bytes = 0;
    for (int i = 0; i < obus.count(); i++) {
      bytes += obus.sizeBytes(i) + 2;
    }
    if (bytes / (MAX_ELEMENT_BYTES - MIN_PIECE_BYTES - 2) + 1 > PacketHistory.MAX_PACKETS) {
      return Outcome.REFUSED;
    }
    history.begin(RtpTime.of(unit.ptsNanos(), unit.codec().clockRateHz()));
    boolean fresh = unit.kind() == AccessUnit.Kind.KEYFRAME && obus.hasSequenceHeader();
    int flags = fresh ? NEW_SEQUENCE : 0;
    index = 0;
    sent = 0;
    while (index < obus.count()) {
      packet(source, flags, history);
      flags = 0;
    }
    history.mark();
    return Outcome.PACKETIZED;
  }

  /** One packet, from element {@link #index}, of which {@link #sent} bytes have gone. */
  private void packet(MemorySegment source, int flags, PacketHistory history) {
    int head = flags | (sent > 0 ? CONTINUES : 0);
    int rest = obus.sizeBytes(index) - sent;
    if (rest >= MAX_ELEMENT_BYTES || index == obus.count() - 1) {
      int size = Math.min(rest, MAX_ELEMENT_BYTES);
      long at = history.add(1 + size);
      boolean more = size < rest;
      int first = head | ONE_ELEMENT | (more ? CONTINUED : 0);
      history.memory().set(ValueLayout.JAVA_BYTE, at, (byte) first);
      element(source, size, history.memory(), at + 1);
      return;
    }
    several(source, head, history);
  }

  /** Several elements, each with its length; the last may go on in the next packet. */
  private void several(MemorySegment source, int head, PacketHistory history) {
    int used = 0;
    int last = index;
    int piece = obus.sizeBytes(index) - sent;
    boolean more = false;
    int lastPiece = 0;
    while (true) {
      int room = MAX_ELEMENT_BYTES - used - 2;
      int size = Math.min(piece, room);
      if (size < piece && size < MIN_PIECE_BYTES) {
        break;
      }
      used += lengthBytes(size) + size;
      lastPiece = size;
      more = size < piece;
      last++;
      if (more || last == obus.count()) {
        break;
      }
      piece = obus.sizeBytes(last);
    }
    long at = history.add(1 + used);
    MemorySegment memory = history.memory();
    memory.set(ValueLayout.JAVA_BYTE, at, (byte) (head | (more ? CONTINUED : 0)));
    at++;
    for (int i = index; i < last; i++) {
      int size = i == last - 1 ? lastPiece : obus.sizeBytes(i) - sent;
      at = length(memory, at, size);
      element(source, size, memory, at);
      at += size;
    }
  }

  private static int lengthBytes(int size) {
    return size < 128 ? 1 : 2;
  }

  private static long length(MemorySegment memory, long at, int size) {
    if (size < 128) {
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) size);
      return at + 1;
    }
    memory.set(ValueLayout.JAVA_BYTE, at, (byte) (size | 0x80));
    memory.set(ValueLayout.JAVA_BYTE, at + 1, (byte) (size >> 7));
    return at + 2;
  }

  /** Writes the next bytes of the element that is in turn, and moves on. */
  private void element(MemorySegment source, int size, MemorySegment memory, long at) {
    int headerBytes = obus.headerBytes(index);
    long to = at;
    int left = size;
    while (sent < headerBytes && left > 0) {
      int value = sent == 0 ? obus.header(index) >> 8 : obus.header(index);
      memory.set(ValueLayout.JAVA_BYTE, to, (byte) value);
      to++;
      sent++;
      left--;
    }
    MemorySegment.copy(source, obus.start(index) + (long) sent - headerBytes, memory, to, left);
    sent += left;
    if (sent == obus.sizeBytes(index)) {
      index++;
      sent = 0;
    }
  }
}
