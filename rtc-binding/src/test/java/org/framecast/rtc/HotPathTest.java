package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a packet costs. */
class HotPathTest extends WithLibrary {
  private static final int CALLBACKS = 10_000;
  private static final int WARM_UP = 5_000;
  private static final int ATTEMPTS = 10;

  /** Packets on the way at a time, so that no socket buffer overflows. */
  private static final int WINDOW = 50;

  @Test
  void manyCallbacksUseTheLibrarysThreadsAndNoMore() {
    AtomicInteger packets = new AtomicInteger();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Track.Listener counting =
        new Track.Listener() {
          @Override
          public void rtpReceived(Track track, MemorySegment packet) {
            threads.add(Thread.currentThread());
            packets.incrementAndGet();
          }
        };
    try (PeerConnection sender = open();
        PeerConnection receiver = open();
        Arena arena = Arena.ofConfined()) {
      Track track = connect(sender, receiver, counting);
      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 0, 1, 100);
      int sent = 0;
      while (packets.get() < CALLBACKS) {
        int start = sent;
        int before = packets.get();
        for (; sent < start + WINDOW; sent++) {
          Packets.sequence(packet, sent);
          track.send(packet, 0, (int) packet.byteSize());
        }
        eventually("packets of the window", () -> packets.get() > before);
      }
      int cores = Runtime.getRuntime().availableProcessors();
      assertTrue(threads.size() <= 2, "threads of packets: " + threads);
      assertTrue(
          NativeThreads.attached() <= Math.max(cores, 2) + 3,
          "native threads in Java: " + NativeThreads.attached());
    }
  }

  @Test
  void sendingAllocatesNothingOnTheHeap() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (PeerConnection sender = open();
        PeerConnection receiver = open();
        Arena arena = Arena.ofConfined()) {
      Track track = connect(sender, receiver, new Track.Listener() {});
      MemorySegment packet = Packets.rtp(arena, Loopback.VIDEO, 0, 1, 1_000);
      send(track, packet, 0, WARM_UP);

      long bytes = Long.MAX_VALUE;
      // When the compiler has seen it is the machine's affair.
      for (int attempt = 0; attempt < ATTEMPTS && bytes >= CALLBACKS; attempt++) {
        long beforeBytes = threads.getCurrentThreadAllocatedBytes();
        int refused = send(track, packet, WARM_UP + attempt * CALLBACKS, CALLBACKS);
        bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        assertEquals(0, refused, "packets refused");
      }
      assertTrue(bytes < CALLBACKS, "allocated for 10,000 packets: " + bytes + " bytes");
    }
  }

  private static int send(Track track, MemorySegment packet, int first, int count) {
    int refused = 0;
    for (int i = first; i < first + count; i++) {
      Packets.sequence(packet, i);
      if (track.send(packet, 0, 1_000) != SendResult.SENT) {
        refused++;
      }
    }
    return refused;
  }

  private Track connect(PeerConnection sender, PeerConnection receiver, Track.Listener listener) {
    receiver.addTrack(Loopback.video("0", "recvonly", 2), TrackOptions.raw(), listener);
    Track track =
        sender.addTrack(
            Loopback.video("0", "sendonly", 1), TrackOptions.sending(), new RecordingTrack());
    Loopback.connect(receiver, sender);
    return track;
  }

  private PeerConnection open() {
    return PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
  }
}
