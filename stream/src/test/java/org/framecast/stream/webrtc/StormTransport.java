package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerListener;
import org.framecast.stream.transport.PeerTrack;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.rtp.Vp8Depacketizer;

/** Peers that look at every packet they are given, whatever thread it comes from. */
final class StormTransport implements PeerTransport {
  final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Map<Integer, StormPeer> bySsrc = new ConcurrentHashMap<>();
  final AtomicInteger live = new AtomicInteger();
  final AtomicLong pictures = new AtomicLong();
  final AtomicLong changes = new AtomicLong();
  final AtomicLong repeats = new AtomicLong();

  @Override
  public Peer openPeer(PeerListener listener) {
    live.incrementAndGet();
    return new StormPeer(listener);
  }

  StormPeer peerOf(int ssrc) {
    return Objects.requireNonNull(bySsrc.get(ssrc));
  }

  @Override
  public int livePeers() {
    return live.get();
  }

  @Override
  public void close() {}

  /** A picture that says what it is: whether it decodes alone, its rung, its number. */
  static byte[] picture(boolean keyframe, int rung, int number, int size) {
    byte[] bytes = new byte[Math.max(16, size)];
    new Random(number * 31L + rung).nextBytes(bytes);
    ByteBuffer.wrap(bytes).put((byte) (keyframe ? 0 : 1)).put((byte) rung).putInt(number);
    return bytes;
  }

  final class StormPeer implements Peer {
    final PeerListener listener;
    final List<StormTrack> tracks = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    StormPeer(PeerListener listener) {
      this.listener = listener;
    }

    @Override
    public PeerTrack addTrack(TrackSpec spec) {
      StormTrack track = new StormTrack(spec, this);
      bySsrc.put(spec.ssrc(), this);
      tracks.add(track);
      return track;
    }

    @Override
    public PeerTrack addReceivingTrack(TrackSpec spec) {
      return addTrack(spec);
    }

    @Override
    public void acceptOffer(String sdp) {
      listener.gatheringComplete();
    }

    @Override
    public Optional<String> completeDescription() {
      return Optional.of(FakeTransport.DESCRIPTION);
    }

    @Override
    public void addRemoteCandidate(String mid, String candidate) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, "none are sent");
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        live.decrementAndGet();
      }
    }
  }

  /** What a viewer sees of one track. */
  final class StormTrack implements PeerTrack {
    private static final int KEPT = 256;

    final TrackSpec spec;
    final StormPeer peer;
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Vp8Depacketizer depacketizer = new Vp8Depacketizer();
    // Also read by those who miss packets: each element is replaced whole.
    private final byte[][] kept = new byte[KEPT][];
    private volatile int lastSequence = -1;
    private int lastNumber = -1;
    private int lastRung = -1;
    private int lastTime;

    StormTrack(TrackSpec spec, StormPeer peer) {
      this.spec = spec;
      this.peer = peer;
    }

    @Override
    public String mid() {
      return spec.mid();
    }

    /** A sequence number that was sent a while ago, or -1. */
    int sequence(int back) {
      int last = lastSequence;
      return last < 0 ? -1 : (last - back) & 0xffff;
    }

    @Override
    public Outcome send(MemorySegment memory, long offset, int sizeBytes) {
      if (!sending.compareAndSet(false, true)) {
        complaints.add("two senders on one track");
      }
      try {
        look(memory.asSlice(offset, sizeBytes).toArray(ValueLayout.JAVA_BYTE));
      } catch (AssertionError e) {
        complaints.add(String.valueOf(e.getMessage()));
      } finally {
        sending.set(false);
      }
      return Outcome.SENT;
    }

    private void look(byte[] packet) {
      int type = packet[1] & 0xff;
      if (type >= 192 && type <= 223) {
        return;
      }
      ByteBuffer b = ByteBuffer.wrap(packet);
      check((type & 0x7f) == spec.payloadType(), "payload type " + (type & 0x7f));
      check(b.getInt(8) == spec.ssrc(), "another one's SSRC");
      int sequence = b.getShort(2) & 0xffff;
      int last = lastSequence;
      if (last >= 0 && ((last - sequence) & 0xffff) < 0x8000) {
        byte[] before = kept[sequence % KEPT];
        // Older ones are no longer known here; their bytes cannot be compared.
        if (((last - sequence) & 0xffff) < KEPT) {
          check(Arrays.equals(before, packet), "a repeat differs from what was sent");
        }
        repeats.incrementAndGet();
        return;
      }
      check(last < 0 || sequence == ((last + 1) & 0xffff), sequence + " after " + last);
      kept[sequence % KEPT] = packet;
      lastSequence = sequence;
      if (spec.kind() == MediaKind.VIDEO) {
        depacketizer.take(packet).ifPresent(this::look);
      }
    }

    private void look(Vp8Depacketizer.Frame frame) {
      ByteBuffer b = ByteBuffer.wrap(frame.bytes());
      boolean keyframe = b.get() == 0;
      int rung = b.get();
      int number = b.getInt();
      check(
          Arrays.equals(frame.bytes(), picture(keyframe, rung, number, frame.bytes().length)),
          "picture " + number + " is damaged");
      check(
          keyframe || (rung == lastRung && number == lastNumber + 1),
          "picture %d of rung %d cannot be decoded after %d of %d"
              .formatted(number, rung, lastNumber, lastRung));
      check(lastNumber < 0 || frame.timestamp() - lastTime > 0, "time goes back at " + number);
      if (lastRung >= 0 && rung != lastRung) {
        changes.incrementAndGet();
      }
      lastRung = rung;
      lastNumber = number;
      lastTime = frame.timestamp();
      pictures.incrementAndGet();
    }

    private void check(boolean fine, String complaint) {
      if (!fine) {
        throw new AssertionError(complaint);
      }
    }
  }
}
