package org.framecast.stream.webrtc.rtp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.media.AccessUnit;
import org.jspecify.annotations.Nullable;

/** The packets of a packetizer's last unit, with a viewer's numbers in them. */
final class Packets implements AutoCloseable {
  private final PacketScratch scratch = new PacketScratch();
  private final PacketHistory.Unit unit = new PacketHistory.Unit();
  private PacketHistory history = PacketHistory.open(64, new OpusPacketizer());
  private @Nullable Packetizer known;

  Packetizer.Outcome packetize(Packetizer packetizer, AccessUnit access) {
    if (packetizer != known) {
      history.close();
      history = PacketHistory.open(64, packetizer);
      known = packetizer;
    }
    Packetizer.Outcome outcome = packetizer.packetize(access, history);
    if (outcome == Packetizer.Outcome.PACKETIZED) {
      history.commit(access.kind() == AccessUnit.Kind.KEYFRAME, access.ptsNanos(), 0);
      assertTrue(history.unit(history.units() - 1, unit));
      assertTrue(scratch.load(history, unit.firstPacket(), unit.count()));
    }
    return outcome;
  }

  /** Offsets on the numbers of the history. */
  void address(StreamIdentity viewer, int sequence, int time, int picture) {
    scratch.address(viewer, sequence, scratch.timestamp() + time, scratch.pictureId() + picture, 0);
  }

  /** The history's number of the first packet. */
  int first() {
    return (int) unit.firstPacket();
  }

  int count() {
    return scratch.count();
  }

  int sizeBytes(int index) {
    return scratch.sizeBytes(index);
  }

  byte[] packet(int index) {
    return scratch
        .memory()
        .asSlice(scratch.offset(index), scratch.sizeBytes(index))
        .toArray(ValueLayout.JAVA_BYTE);
  }

  /** All of them, behind their headers. */
  List<byte[]> payloads() {
    address(new StreamIdentity(96, 1, 0), 0, 0, 0);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      byte[] packet = packet(i);
      payloads.add(java.util.Arrays.copyOfRange(packet, PacketHistory.HEADER_BYTES, packet.length));
    }
    return payloads;
  }

  @Override
  public void close() {
    scratch.close();
    history.close();
  }
}
