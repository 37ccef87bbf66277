package org.framecast.fuzz;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.rtc.GatheringState;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PeerConnection;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.framecast.rtc.SdpType;
import org.framecast.rtc.SessionDescription;
import org.framecast.rtc.Track;
import org.framecast.rtc.TrackOptions;

/**
 * Rows of packets, well formed and not, through the real library to a peer, over each way to a
 * socket, while the socket fails now and then and the peer is closed in the middle. As a program,
 * for the build with AddressSanitizer: {@code NativeRows ROWS SEED LIBRARY FAULTS}, with the
 * library of faults preloaded.
 */
public final class NativeRows {
  private static final int ROWS_OF_A_PEER = 400;
  private static final int MAX_PACKETS = 80;
  private static final int MAX_STRIDE_BYTES = 1_500;

  /** None, EPERM, EIO, EAGAIN, EMSGSIZE, ENOBUFS. */
  private static final int[] ERRORS = {0, 0, 0, 1, 5, 11, 90, 105};

  private final RtcLibrary library;
  private final MethodHandle failSends;
  private final Random random;
  private final List<PeerConfiguration> ways;
  private final AtomicLong received = new AtomicLong();
  private long given;
  private long sent;
  private long refused;
  private int peers;

  private NativeRows(RtcLibrary library, Path faults, long seed) {
    this.library = library;
    this.failSends =
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.libraryLookup(faults, Arena.global())
                    .findOrThrow("framecastFailSends"),
                FunctionDescriptor.ofVoid(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    this.random = new Random(seed);
    int port = freePort();
    this.ways =
        List.of(
            way("127.0.0.1"),
            way("127.0.0.1").withSharedPort(port),
            way("::1"),
            way("::1").withSharedPort(port));
  }

  private static int freePort() {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PeerConfiguration way(String address) {
    return PeerConfiguration.standard().withBindAddress(address);
  }

  /** What a peer has reached: its candidates, its track. */
  private static final class Reached implements PeerConnection.Listener, Track.Listener {
    private final CountDownLatch gathered = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicLong packets;

    Reached(AtomicLong packets) {
      this.packets = packets;
    }

    @Override
    public void gatheringStateChanged(PeerConnection peer, GatheringState state) {
      if (state == GatheringState.COMPLETE) {
        gathered.countDown();
      }
    }

    @Override
    public void opened(Track track) {
      opened.countDown();
    }

    @Override
    public void rtpReceived(Track track, MemorySegment packet) {
      packets.incrementAndGet();
    }
  }

  private void rows(int count) throws InterruptedException {
    PeerConfiguration sending = ways.get(peers++ % ways.size());
    PeerConfiguration receiving = way(sending.bindAddress().orElseThrow());
    Reached here = new Reached(new AtomicLong());
    Reached there = new Reached(received);
    try (PeerConnection sender = PeerConnection.open(library, sending, here);
        PeerConnection receiver = PeerConnection.open(library, receiving, there)) {
      Track track = connect(sender, here, receiver, there);
      int lastRow = random.nextInt(count, 2 * count);
      Thread closing = Thread.ofPlatform().unstarted(sender::close);
      for (int i = 0; i < count; i++) {
        row(track);
        if (i == lastRow / 2) {
          closing.start();
        }
      }
      closing.join();
    }
  }

  private Track connect(PeerConnection sender, Reached here, PeerConnection receiver, Reached there)
      throws InterruptedException {
    receiver.addTrack(video("recvonly", 2), TrackOptions.raw(), there);
    Track track = sender.addTrack(video("sendonly", 1), TrackOptions.raw(), here);
    receiver.setLocalDescription(SdpType.OFFER);
    await(there.gathered);
    String offer = receiver.localDescription().orElseThrow().sdp();
    sender.setRemoteDescription(
        SessionDescription.offer(offer.replace("a=setup:actpass", "a=setup:active")));
    sender.setLocalDescription(SdpType.ANSWER);
    await(here.gathered);
    receiver.setRemoteDescription(sender.localDescription().orElseThrow());
    await(here.opened);
    return track;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the peers do not connect");
    }
  }

  private static String video(String direction, int ssrc) {
    return String.join(
        "\r\n",
        "m=video 9 UDP/TLS/RTP/SAVPF 96",
        "a=mid:0",
        "a=" + direction,
        "a=rtpmap:96 VP8/90000",
        "a=ssrc:" + ssrc + " cname:fuzz",
        "");
  }

  /** Its memory is as large as it must be, so that a byte too far is seen. */
  private void row(Track track) {
    int count = random.nextInt(MAX_PACKETS);
    int stride = random.nextInt(16, MAX_STRIDE_BYTES);
    int usual = random.nextInt(8, stride + 1);
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] =
          switch (random.nextInt(60)) {
            case 0 -> random.nextInt(-5, 12);
            case 1 -> stride + random.nextInt(1, 200);
            case 2, 3, 4, 5 -> random.nextInt(8, stride + 1);
            default -> usual;
          };
    }
    try (Arena arena = Arena.ofConfined()) {
      int last = count == 0 ? 0 : Math.max(0, sizes[count - 1]);
      MemorySegment packets = arena.allocate((long) stride * Math.max(0, count - 1) + last);
      MemorySegment lengths = arena.allocateFrom(ValueLayout.JAVA_INT, sizes);
      fill(packets, stride, count);
      fail(random.nextInt(4), ERRORS[random.nextInt(ERRORS.length)], random.nextInt(2));
      int went = track.send(packets, 0, stride, lengths, count);
      if (went < 0 || went > count) {
        throw new AssertionError(went + " of " + count + " packets were sent");
      }
      given += count;
      sent += went;
    } catch (IndexOutOfBoundsException e) {
      // The binding saw it.
      refused++;
    }
  }

  /** Headers that are right in most packets; the rest of the bytes is anything. */
  private void fill(MemorySegment packets, int stride, int count) {
    byte[] bytes = new byte[(int) packets.byteSize()];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      int at = i * stride;
      if (at + 12 <= bytes.length && random.nextInt(20) != 0) {
        bytes[at] = (byte) 0x80;
        bytes[at + 1] = (byte) (random.nextInt(10) == 0 ? 200 : 96);
      }
    }
    packets.copyFrom(MemorySegment.ofArray(bytes));
  }

  private void fail(int passing, int error, int segmentedAlone) {
    try {
      failSends.invokeExact(passing, error, segmentedAlone);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  public static void main(String[] args) throws InterruptedException {
    RtcOptions options =
        RtcOptions.of(Thread.ofPlatform().daemon().name("fuzz-", 0).factory())
            .withLibrary(Path.of(args[2]));
    try (RtcLibrary library = RtcLibrary.open(options)) {
      NativeRows rows = new NativeRows(library, Path.of(args[3]), Long.parseLong(args[1]));
      int all = Integer.parseInt(args[0]);
      for (int done = 0; done < all; done += ROWS_OF_A_PEER) {
        rows.rows(Math.min(ROWS_OF_A_PEER, all - done));
      }
      if (rows.received.get() == 0) {
        throw new AssertionError("nothing arrived");
      }
      System.out.printf(
          "fuzz: %d rows to %d peers: %d packets given, %d sent, %d arrived; %d rows refused%n",
          all, rows.peers, rows.given, rows.sent, rows.received.get(), rows.refused);
    }
  }
}
