package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer that passed the handshake may still try. */
class HostileTest extends WithLibrary {
  private static final int ROUNDS = 3_000;
  private static final int FIRST_RTCP = 200;
  private static final int LAST_RTCP = 207;
  private static final int MAX_WORDS = 20;
  private static final int WINDOW = 50;

  private final RecordingTrack received = new RecordingTrack();
  private final Arena arena = Arena.ofConfined();
  private PeerConnection attacker;
  private PeerConnection victim;
  private Track weapon;

  @BeforeEach
  void connect() {
    attacker = PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
    victim = PeerConnection.open(library(), Loopback.configuration(), new RecordingPeer());
    weapon =
        attacker.addTrack(
            Loopback.video("0", "sendrecv", 0x0A), TrackOptions.raw(), new RecordingTrack());
    attacker.addTrack(
        Loopback.video("1", "sendrecv", 0x0C), TrackOptions.raw(), new RecordingTrack());
    victim.addTrack(
        Loopback.video("0", "sendrecv", 0x0B),
        TrackOptions.sending().withNackHistory(16),
        received);
    victim.addTrack(
        Loopback.video("1", "sendrecv", 0x0D), TrackOptions.receiving(), new RecordingTrack());
    Loopback.connect(attacker, victim);
  }

  @AfterEach
  void closePeers() {
    attacker.close();
    victim.close();
    arena.close();
  }

  @Test
  void aBrokenSourceDescriptionDoesNotStopTheNetworkThread() {
    send(Packets.brokenSourceDescription(arena));
    victimStillReceives(1);
  }

  @Test
  void randomFeedbackDoesNotHarm() {
    Random random = new Random(7);
    for (int i = 1; i <= ROUNDS; i++) {
      send(randomCompound(random));
      if (i % WINDOW == 0) {
        victimStillReceives(i / WINDOW);
      }
    }
  }

  /**
   * One to three RTCP packets, in form or not, addressed to the victim's tracks half of the time.
   */
  private MemorySegment randomCompound(Random random) {
    MemorySegment compound = arena.allocate(3 * 4 * (MAX_WORDS + 1L));
    long end = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int[] words = random.ints(random.nextInt(1, MAX_WORDS)).toArray();
      for (int j = 0; j < words.length; j++) {
        words[j] = random.nextBoolean() ? random.nextInt(0x0A, 0x0E) : words[j];
      }
      int type = random.nextInt(FIRST_RTCP, LAST_RTCP + 1);
      MemorySegment packet = Packets.rtcp(arena, random.nextInt(32), type, words);
      if (random.nextInt(4) == 0) {
        packet.set(ValueLayout.JAVA_BYTE, 3, (byte) random.nextInt(64));
      }
      MemorySegment.copy(packet, 0, compound, end, packet.byteSize());
      end += packet.byteSize();
    }
    return compound.asSlice(0, end);
  }

  private void victimStillReceives(int sequence) {
    int before = received.rtp.size();
    send(Packets.rtp(arena, Loopback.VIDEO, sequence, 0x0A, 100));
    eventually("a packet after the attack", () -> received.rtp.size() > before);
  }

  private void send(MemorySegment packet) {
    weapon.send(packet, 0, (int) packet.byteSize());
  }
}
