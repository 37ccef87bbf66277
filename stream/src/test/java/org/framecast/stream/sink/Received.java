package org.framecast.stream.sink;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.framecast.stream.transport.datachannel.TestViewer;
import org.framecast.stream.webrtc.rtp.Vp8Depacketizer;
import org.framecast.stream.whep.Watchers;

/** What one viewer by WebRTC receives of a source, which is told of it. */
final class Received implements AutoCloseable {
  private static final double VIDEO_HZ = 90_000;
  private static final double PACKET_SECONDS = 0.02;
  private static final long LOOK_MILLIS = 20;

  private final GatedSource source;
  private final TestViewer viewer;
  private final List<Vp8Depacketizer.Frame> frames =
      Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> readers;
  private volatile int packetsOfSound;
  private volatile boolean over;
  private volatile Optional<Throwable> failure = Optional.empty();

  private Received(GatedSource source, TestViewer viewer) {
    this.source = source;
    this.viewer = viewer;
    Vp8Depacketizer depacketizer = new Vp8Depacketizer();
    readers =
        List.of(
            reader(viewer.video, packet -> depacketizer.take(packet).ifPresent(this::picture)),
            reader(viewer.audio, packet -> sound()));
  }

  /** Joins, tells the source, and reads from then on. */
  static Received join(Watchers watchers, URI endpoint, GatedSource source) throws Exception {
    TestViewer viewer = watchers.join(endpoint);
    source.joined();
    return new Received(source, viewer);
  }

  private Thread reader(BlockingQueue<byte[]> packets, Consumer<byte[]> take) {
    return Thread.ofPlatform().start(() -> read(packets, take));
  }

  private void read(BlockingQueue<byte[]> packets, Consumer<byte[]> take) {
    try {
      while (!over || !packets.isEmpty()) {
        byte[] packet = packets.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (packet != null) {
          take.accept(packet);
        }
      }
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      failure = Optional.of(e);
    }
  }

  private void picture(Vp8Depacketizer.Frame frame) {
    frames.add(frame);
    source.sawPicture();
  }

  private void sound() {
    packetsOfSound = packetsOfSound + 1;
    source.heard(PACKET_SECONDS);
  }

  /** Times of the pictures, from the first on. */
  List<Double> pictureSeconds() {
    return frames.stream()
        .map(frame -> (frame.timestamp() - frames.getFirst().timestamp()) / VIDEO_HZ)
        .toList();
  }

  double soundSeconds() {
    return packetsOfSound * PACKET_SECONDS;
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread reader : readers) {
      reader.join();
    }
    viewer.close();
    failure.ifPresent(
        cause -> {
          throw new AssertionError("what a viewer received", cause);
        });
  }
}
