package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * Sends rows of packets through a socket that fails when it is told to. A program, because the
 * library of faults must be there before the C library: {@code LD_PRELOAD=FAULTS SocketFaults CASE
 * FAULTS}. Ends with 0 if what {@link SocketFaultsTest} names is so.
 */
final class SocketFaults {
  private static final int EIO = 5;
  private static final int EAGAIN = 11;

  /** After so many refusals in a row the library leaves the kernel's cutting alone. */
  private static final int MAX_REFUSALS = 16;

  /** Four packets that the kernel cuts out of one buffer, three more, and one by itself. */
  private static final int[] SIZES = {1_000, 1_000, 1_000, 900, 1_100, 1_100, 300, 1_200};

  private final Faults faults;
  private final Track track;
  private final RecordingTrack received;
  private int sequence;

  private SocketFaults(Faults faults, Track track, RecordingTrack received) {
    this.faults = faults;
    this.track = track;
    this.received = received;
  }

  /** The library of faults: what it does and counts is of the calling thread. */
  private record Faults(SymbolLookup library) {
    void fail(int passing, int error, boolean segmentedAlone) {
      call(
          "framecastFailSends",
          FunctionDescriptor.ofVoid(
              ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
          passing,
          error,
          segmentedAlone ? 1 : 0);
    }

    List<Integer> sends() {
      return List.of(count("framecastSends"), count("framecastSegmentedSends"));
    }

    private int count(String name) {
      return (int) call(name, FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    private Object call(String name, FunctionDescriptor type, Object... arguments) {
      try {
        return Linker.nativeLinker()
            .downcallHandle(library.findOrThrow(name), type)
            .invokeWithArguments(arguments);
      } catch (Throwable e) {
        throw new AssertionError(name, e);
      }
    }
  }

  private PacketRow row(Arena arena, int... sizes) {
    sequence += sizes.length;
    return PacketRow.of(arena, sequence - sizes.length, sizes);
  }

  /** What a full socket does not take is not sent, and the call says so. */
  private void full(Arena arena) {
    int[] passing = {0, 1, 2, 3};
    int[] sent = {0, 4, 7, 8};
    for (int i = 0; i < passing.length; i++) {
      received.rtp.clear();
      PacketRow row = row(arena, SIZES);
      faults.fail(passing[i], EAGAIN, false);
      assertEquals(sent[i], row.send(track), "with room for " + passing[i] + " calls");
      assertEquals(Math.min(passing[i] + 1, 3), faults.sends().getFirst(), "it is not tried again");
      faults.fail(0, 0, false);
      PacketRow next = row(arena, SIZES);
      assertEquals(SIZES.length, next.send(track), "there is room again");
      int all = sent[i] + SIZES.length;
      eventually("what was sent", () -> received.rtp.size() == all);
      byte[][] packets = received.rtp.toArray(byte[][]::new);
      for (int k = 0; k < all; k++) {
        byte[] expected = k < sent[i] ? row.packet(k) : next.packet(k - sent[i]);
        assertArrayEquals(expected, packets[k], "packet " + k);
      }
    }
  }

  /** One call to the kernel for a run of packets. */
  private void cut(Arena arena) {
    PacketRow row = row(arena, SIZES);
    faults.fail(0, 0, false);
    assertEquals(SIZES.length, row.send(track));
    assertEquals(List.of(3, 2), faults.sends(), "calls, and those that the kernel cuts");
    eventually("the row", () -> received.rtp.size() == SIZES.length);
  }

  /** Where the kernel does not cut, each packet goes by itself, and soon nothing else is tried. */
  private void refused(Arena arena) {
    int runs = 2;
    int rows = MAX_REFUSALS / runs;
    for (int i = 0; i <= rows; i++) {
      received.rtp.clear();
      PacketRow row = row(arena, SIZES);
      faults.fail(0, EIO, true);
      assertEquals(SIZES.length, row.send(track));
      int tried = i < rows ? runs : 0;
      assertEquals(List.of(SIZES.length + tried, tried), faults.sends(), "row " + i);
      eventually("the row", () -> received.rtp.size() == SIZES.length);
    }
  }

  private void run(String what, Arena arena) {
    switch (what) {
      case "full" -> full(arena);
      case "cut" -> cut(arena);
      case "refused" -> refused(arena);
      default -> throw new AssertionError("no case " + what);
    }
  }

  public static void main(String[] arguments) {
    SymbolLookup faults = SymbolLookup.libraryLookup(Path.of(arguments[1]), Arena.global());
    RecordingTrack received = new RecordingTrack();
    PeerConfiguration shared = Loopback.configuration().withSharedPort(Loopback.freePort());
    try (RtcLibrary library = RtcLibrary.open(RtcOptions.of(WithLibrary::thread));
        PeerConnection sender = PeerConnection.open(library, shared, new RecordingPeer());
        PeerConnection receiver =
            PeerConnection.open(library, Loopback.configuration(), new RecordingPeer());
        Arena arena = Arena.ofConfined()) {
      receiver.addTrack(Loopback.video("0", "recvonly", 2), TrackOptions.raw(), received);
      Track track =
          sender.addTrack(
              Loopback.video("0", "sendonly", 1), TrackOptions.raw(), new RecordingTrack());
      Loopback.connect(receiver, sender);
      new SocketFaults(new Faults(faults), track, received).run(arguments[0], arena);
    }
  }
}
