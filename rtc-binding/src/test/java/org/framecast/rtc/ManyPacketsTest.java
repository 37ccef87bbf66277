package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packets of a frame, sent in one call. */
class ManyPacketsTest extends WithLibrary {
  private static final int STRIDE_BYTES = PacketRow.STRIDE_BYTES;
  private static final int ROUNDS = 2_000;
  private static final int ATTEMPTS = 10;

  private final RecordingTrack received = new RecordingTrack();
  private int sequence;

  /** The ways to the socket: one of the peer's own, or one that peers share, which can cut rows. */
  private enum Way {
    OWN("127.0.0.1"),
    SHARED("127.0.0.1"),
    OWN_IPV6("::1"),
    SHARED_IPV6("::1");

    private final String address;

    Way(String address) {
      this.address = address;
    }

    PeerConfiguration sending() {
      return switch (this) {
        case OWN, OWN_IPV6 -> receiving();
        case SHARED, SHARED_IPV6 -> receiving().withSharedPort(Loopback.freePort());
      };
    }

    PeerConfiguration receiving() {
      return PeerConfiguration.standard().withBindAddress(address);
    }
  }

  private PacketRow row(Arena arena, int... sizes) {
    sequence += sizes.length;
    return PacketRow.of(arena, sequence - sizes.length, sizes);
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfAnySizesArriveWholeAndInOrder(Way way) {
    int[] longRow = new int[150];
    Arrays.fill(longRow, 120);
    List<int[]> shapes =
        List.of(
            new int[] {500},
            new int[] {1_000, 1_000, 1_000, 1_000},
            new int[] {1_000, 1_000, 1_000, 997},
            new int[] {100, 1_000, 1_000, 30, 30, 1_200, 1_200, 700, 800},
            longRow);
    try (PeerConnection sender = open(way.sending());
        PeerConnection receiver = open(way.receiving());
        Arena arena = Arena.ofConfined()) {
      Track track = connect(sender, receiver);
      String from = sender.localAddress().orElseThrow();
      assertEquals(way.address.contains(":"), from.contains("::1"), from);
      for (int[] sizes : shapes) {
        received.rtp.clear();
        PacketRow row = row(arena, sizes);
        assertEquals(sizes.length, row.send(track));
        eventually("the row", () -> received.rtp.size() == sizes.length);
        byte[][] packets = received.rtp.toArray(byte[][]::new);
        for (int i = 0; i < sizes.length; i++) {
          assertArrayEquals(row.packet(i), packets[i], "packet " + i + " of " + sizes.length);
        }
      }
    }
  }

  @Test
  void reportsMayLieAmongThePackets() {
    try (PeerConnection sender = open();
        PeerConnection receiver = open();
        Arena arena = Arena.ofConfined()) {
      Track track = connect(sender, receiver);
      PacketRow row = row(arena, 200, 28, 200);
      MemorySegment report = Packets.rtcp(arena, 0, 200, 1, 0, 0, 0, 0, 0);
      row.place(1).copyFrom(report);
      assertEquals(3, row.send(track));
      eventually("packets", () -> received.rtp.size() == 2 && received.rtcp.size() == 1);
      assertArrayEquals(report.toArray(ValueLayout.JAVA_BYTE), received.rtcp.element());
    }
  }

  @Test
  void aPacketThatIsNoneEndsTheRow() {
    try (PeerConnection sender = open();
        PeerConnection receiver = open();
        Arena arena = Arena.ofConfined()) {
      Track track = connect(sender, receiver);
      for (int wrong : new int[] {STRIDE_BYTES + 1, -1}) {
        PacketRow row = row(arena, 200, 200, 200);
        row.sizes().setAtIndex(ValueLayout.JAVA_INT, 1, wrong);
        assertEquals(1, row.send(track));
      }
      eventually("the first of each", () -> received.rtp.size() == 2);
    }
  }

  @Test
  void whatLiesOutsideIsRefused() {
    try (PeerConnection sender = open();
        PeerConnection receiver = open();
        Arena arena = Arena.ofConfined()) {
      Track track = connect(sender, receiver);
      PacketRow row = row(arena, 1_200, 1_200);
      MemorySegment packets = row.packets();
      MemorySegment sizes = row.sizes();
      MemorySegment heap = MemorySegment.ofArray(new int[2]);
      assertThrows(
          IndexOutOfBoundsException.class, () -> track.send(packets, 8, STRIDE_BYTES, sizes, 3));
      assertThrows(
          IndexOutOfBoundsException.class, () -> track.send(packets, 64, STRIDE_BYTES, sizes, 2));
      assertThrows(
          IndexOutOfBoundsException.class, () -> track.send(packets, -8, STRIDE_BYTES, sizes, 1));
      assertThrows(
          IllegalArgumentException.class, () -> track.send(packets, 8, STRIDE_BYTES, heap, 2));
      assertEquals(0, track.send(packets, 8, STRIDE_BYTES, sizes, 0));
    }
  }

  @Test
  void nothingIsSentBeforeAndAfterTheTrackIsOpen() {
    try (PeerConnection sender = open();
        PeerConnection receiver = open();
        Arena arena = Arena.ofConfined()) {
      Track unconnected =
          sender.addTrack(
              Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
      PacketRow row = row(arena, 200, 200);
      assertEquals(0, row.send(unconnected));
      receiver.addTrack(Loopback.video("0", "recvonly", 2), TrackOptions.raw(), received);
      Loopback.connect(receiver, sender);
      assertEquals(2, row.send(unconnected));
      sender.close();
      assertEquals(0, row.send(unconnected));
    }
  }

  @Test
  void sendingAllocatesNothingOnTheHeap() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (PeerConnection sender = open();
        PeerConnection receiver = open();
        Arena arena = Arena.ofConfined()) {
      Track track = connect(sender, receiver);
      PacketRow row = row(arena, IntStream.generate(() -> 400).limit(6).toArray());
      long bytes = Long.MAX_VALUE;
      // When the compiler has seen it is the machine's affair.
      for (int attempt = 0; attempt < ATTEMPTS && bytes >= ROUNDS; attempt++) {
        long beforeBytes = threads.getCurrentThreadAllocatedBytes();
        sendOften(track, row);
        bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
      }
      assertTrue(bytes < ROUNDS, "allocated for " + ROUNDS + " rows: " + bytes + " bytes");
    }
  }

  private static void sendOften(Track track, PacketRow row) {
    int sent = 0;
    for (int i = 0; i < ROUNDS; i++) {
      sent += row.send(track);
    }
    assertTrue(sent > 0);
  }

  private Track connect(PeerConnection sender, PeerConnection receiver) {
    receiver.addTrack(Loopback.video("0", "recvonly", 2), TrackOptions.raw(), received);
    Track track =
        sender.addTrack(
            Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
    Loopback.connect(receiver, sender);
    return track;
  }

  private PeerConnection open() {
    return open(Loopback.configuration());
  }

  private PeerConnection open(PeerConfiguration configuration) {
    return PeerConnection.open(library(), configuration, new RecordingPeer());
  }
}
