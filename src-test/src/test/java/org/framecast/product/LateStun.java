package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A STUN server that answers when it is let: until then whoever gathers candidates waits.
 *
 * <p><b>Source:</b> RFC 8489 §5 and §14.2
 */
final class LateStun implements AutoCloseable {
  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int COOKIE = 0x2112A442;
  private static final int XOR_MAPPED_ADDRESS = 0x0020;
  private static final int HEADER_BYTES = 20;

  private final DatagramSocket socket;
  private final List<DatagramPacket> held = new ArrayList<>();
  private boolean holding;

  private LateStun(DatagramSocket socket) {
    this.socket = socket;
  }

  static LateStun open() throws IOException {
    LateStun server =
        new LateStun(
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    Thread.ofPlatform().daemon().name("late-stun").start(server::serve);
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  /** From now on it does not answer. */
  synchronized void hold() {
    holding = true;
  }

  /** Answers what it was asked meanwhile, and everything from now on. */
  synchronized void release() {
    holding = false;
    held.forEach(this::answer);
    held.clear();
  }

  private void serve() {
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return; // closed
      }
      if (packet.getLength() >= HEADER_BYTES
          && ByteBuffer.wrap(packet.getData()).getShort() == BINDING_REQUEST) {
        take(packet);
      }
    }
  }

  private synchronized void take(DatagramPacket request) {
    if (holding) {
      held.add(request);
    } else {
      answer(request);
    }
  }

  private void answer(DatagramPacket request) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + 12);
    out.putShort((short) BINDING_SUCCESS).putShort((short) 12);
    out.put(request.getData(), 4, HEADER_BYTES - 4);
    out.putShort((short) XOR_MAPPED_ADDRESS).putShort((short) 8).putShort((short) 1);
    out.putShort((short) (request.getPort() ^ (COOKIE >>> 16)));
    out.putInt(ByteBuffer.wrap(request.getAddress().getAddress()).getInt() ^ COOKIE);
    try {
      socket.send(new DatagramPacket(out.array(), out.capacity(), request.getSocketAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
