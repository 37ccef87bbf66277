package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Connections that announce a body of a thousand bytes and send one byte now and then. */
final class SlowBodies implements AutoCloseable {
  private static final long INTERVAL_NANOS = 300_000_000L;

  private final List<Socket> sockets = new ArrayList<>();
  private final Thread thread;
  private volatile boolean running = true;

  private SlowBodies(Api api, String line, int count) {
    String head =
        line
            + " HTTP/1.1\r\nHost: "
            + api.base().getAuthority()
            + "\r\nContent-Length: 1000\r\n\r\n ";
    try {
      for (int i = 0; i < count; i++) {
        Socket socket = new Socket(api.base().getHost(), api.base().getPort());
        socket.setSoTimeout(40_000);
        sockets.add(socket);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().daemon().name("slow-bodies").start(this::drip);
  }

  /** Opens connections with this request line. */
  static SlowBodies open(Api api, String line, int count) {
    return new SlowBodies(api, line, count);
  }

  private void drip() {
    while (running) {
      LockSupport.parkNanos(INTERVAL_NANOS);
      sockets.forEach(SlowBodies::sendByte);
    }
  }

  private static void sendByte(Socket socket) {
    try {
      socket.getOutputStream().write(' ');
    } catch (IOException e) {
      // The server has closed it; whoever asks for the answer finds out.
    }
  }

  /** The answers of all connections, each until its end; empty where it was cut off. */
  List<String> answers() {
    return sockets.stream().map(SlowBodies::answer).toList();
  }

  private static String answer(Socket socket) {
    StringBuilder text = new StringBuilder();
    byte[] part = new byte[4_096];
    try {
      int count = socket.getInputStream().read(part);
      while (count >= 0) {
        text.append(new String(part, 0, count, StandardCharsets.UTF_8));
        count = socket.getInputStream().read(part);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new UncheckedIOException("still open after: " + text, e);
    } catch (IOException e) {
      return text.toString(); // reset: closed with bytes unread
    }
    return text.toString();
  }

  @Override
  public void close() {
    running = false;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
