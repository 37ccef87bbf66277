package org.framecast.stream.transport.datachannel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.transport.PeerTransportProvider;
import org.framecast.stream.transport.PeerTransportSettings;
import org.framecast.stream.transport.UdpPorts;
import org.framecast.stream.webrtc.CountedDemand;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutSettings;
import org.framecast.stream.webrtc.LeaveReason;
import org.framecast.stream.webrtc.NegotiationResult;
import org.framecast.stream.webrtc.NegotiatorRuntime;
import org.framecast.stream.webrtc.NegotiatorSettings;
import org.framecast.stream.webrtc.SenderPool;
import org.framecast.stream.webrtc.Viewer;
import org.framecast.stream.webrtc.ViewerListener;
import org.framecast.stream.webrtc.WhepNegotiator;
import org.framecast.stream.webrtc.rtp.Units;
import org.framecast.stream.webrtc.sdp.Offers;

/** All that a stream with viewers needs, on the real library, with nothing left after close. */
final class Studio implements AutoCloseable {
  final ExecutorService work = Executors.newFixedThreadPool(2);
  final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  final BufferPool pool = BufferPool.open("studio", 64 << 20);
  final CountedDemand demand = new CountedDemand();
  final AtomicInteger keyframesAsked = demand.keyframes;
  final LinkedBlockingQueue<LeaveReason> departures = new LinkedBlockingQueue<>();
  final List<Viewer> connected = new CopyOnWriteArrayList<>();
  final int port = freePort();
  final DataChannelTransport transport;
  final WhepNegotiator negotiator;
  final FanOut stream;
  final List<Thread> senderThreads = new CopyOnWriteArrayList<>();
  private final SenderPool senders;

  Studio(NegotiatorSettings limits, List<String> iceServers) throws Exception {
    PeerTransportSettings settings =
        new PeerTransportSettings(
            Optional.empty(),
            Optional.of("127.0.0.1"),
            new UdpPorts.Single(port),
            iceServers,
            PeerTransportSettings.DEFAULT_NACK_HISTORY_PACKETS,
            Duration.ofSeconds(9));
    transport =
        (DataChannelTransport)
            PeerTransportProvider.installed().open(settings, Executors.defaultThreadFactory());
    negotiator =
        WhepNegotiator.open(
            transport,
            limits,
            new NegotiatorRuntime(
                work, timer, MediaClock.system(), WallClock.system(), new SecureRandom()));
    senders =
        SenderPool.open(
            1,
            task -> {
              Thread thread = new Thread(task);
              senderThreads.add(thread);
              return thread;
            });
    stream =
        FanOut.open(
            FanOutSettings.of(Offers.VP8_AND_OPUS),
            demand,
            new ViewerListener() {
              @Override
              public void connected(Viewer viewer) {
                connected.add(viewer);
              }

              @Override
              public void left(Viewer viewer, LeaveReason reason) {
                departures.add(reason);
              }
            },
            MediaClock.system(),
            WallClock.system(),
            senders);
  }

  static int freePort() throws SocketException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  NegotiationResult negotiate(String offer) throws Exception {
    return negotiator.negotiate(offer, stream).get(30, TimeUnit.SECONDS);
  }

  NegotiationResult.Answered join(TestViewer viewer) throws Exception {
    return join(viewer, viewer.offer(), answer -> answer);
  }

  /** By that path alone: the server does not learn the viewer's own address. */
  NegotiationResult.Answered join(TestViewer viewer, LossyPath path) throws Exception {
    return join(viewer, viewer.offer().replaceAll("a=candidate.*\r\n", ""), path::through);
  }

  private NegotiationResult.Answered join(
      TestViewer viewer, String offer, UnaryOperator<String> way) throws Exception {
    NegotiationResult.Answered answered =
        assertInstanceOf(NegotiationResult.Answered.class, negotiate(offer));
    viewer.answer(way.apply(answered.answer()));
    assertEquals(org.framecast.rtc.PeerState.CONNECTED, viewer.connected.get(30, TimeUnit.SECONDS));
    return answered;
  }

  void deliver(Codec codec, AccessUnit.Kind kind, byte[] bytes, long ptsNanos) {
    try (AccessUnit unit = Units.of(pool, codec, kind, bytes, ptsNanos)) {
      if (codec == Codec.OPUS) {
        stream.audio().deliver(unit);
      } else {
        stream.deliver(Rendition.best(codec), unit);
      }
    }
  }

  @Override
  public void close() {
    stream.close();
    negotiator.close();
    senders.close();
    int peers = transport.livePeers();
    transport.close();
    work.shutdownNow();
    timer.shutdownNow();
    int buffers = pool.live();
    pool.close();
    assertEquals(0, peers, "peers left");
    assertEquals(0, buffers, "buffers left");
  }
}
