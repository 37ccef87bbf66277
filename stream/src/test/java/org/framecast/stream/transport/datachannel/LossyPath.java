package org.framecast.stream.transport.datachannel;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a viewer and the server, and loses what it is told to. The viewer is told its
 * address instead of the server's.
 */
final class LossyPath implements AutoCloseable {
  private final DatagramSocket front = loopback();
  private final DatagramSocket back = loopback();
  private final SocketAddress server;
  private final AtomicReference<@Nullable SocketAddress> viewer = new AtomicReference<>();
  private final Predicate<ByteBuffer> losesToViewer;
  private volatile boolean broken;

  LossyPath(int serverPort, Predicate<ByteBuffer> losesToViewer) throws IOException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    this.losesToViewer = losesToViewer;
    Thread.ofVirtual().start(this::fromViewer);
    Thread.ofVirtual().start(this::fromServer);
  }

  private static DatagramSocket loopback() throws IOException {
    return new DatagramSocket(0, InetAddress.getLoopbackAddress());
  }

  /** The answer with this path's address in the place of the server's. */
  String through(String answer) {
    int port = ((InetSocketAddress) server).getPort();
    return answer.replace(
        "127.0.0.1 " + port + " typ", "127.0.0.1 " + front.getLocalPort() + " typ");
  }

  /** Loses everything from now on. */
  void breakDown() {
    broken = true;
  }

  private void fromViewer() {
    forward(
        front,
        packet -> {
          viewer.set(packet.getSocketAddress());
          return new Hop(back, server);
        });
  }

  private void fromServer() {
    forward(
        back,
        packet -> {
          SocketAddress to = viewer.get();
          boolean lost =
              losesToViewer.test(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
          return to == null || lost ? null : new Hop(front, to);
        });
  }

  private record Hop(DatagramSocket socket, SocketAddress to) {}

  private interface Route {
    @Nullable Hop of(DatagramPacket packet);
  }

  private void forward(DatagramSocket from, Route route) {
    byte[] buffer = new byte[2_048];
    try {
      while (!from.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        from.receive(packet);
        Hop hop = route.of(packet);
        if (hop != null && !broken) {
          byte[] copy = Arrays.copyOf(packet.getData(), packet.getLength());
          hop.socket().send(new DatagramPacket(copy, copy.length, hop.to()));
        }
      }
    } catch (IOException e) {
      // The path was closed.
    }
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
