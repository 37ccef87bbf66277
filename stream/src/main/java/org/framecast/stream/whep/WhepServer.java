package org.framecast.stream.whep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.framecast.stream.media.MediaException;

/**
 * Listens for viewers by HTTP.
 *
 * <p>The platform's server knows no limit of time for a request or a response unless the system
 * properties {@code sun.net.httpserver.maxReqTime} and {@code sun.net.httpserver.maxRspTime} name
 * one. It reads them once for the whole process, so they are set here, where nobody else has set
 * them and no other server of that kind was made before.
 *
 * <p><b>Thread:</b> a request has a thread to itself from its first byte on, which may wait for an
 * answer. There are {@value #MAX_REQUESTS} at most: a connection that asks for one more is closed.
 */
final class WhepServer implements AutoCloseable {
  /** Where offers go. */
  static final String ENDPOINT = "/whep";

  /** Requests that are read or answered at a time. */
  static final int MAX_REQUESTS = 64;

  private static final int BACKLOG = 64;

  /** Until a request has come whole; an offer is 64 KiB at most. */
  private static final int REQUEST_SECONDS = 10;

  /** Until its response has gone; more than a negotiation may take. */
  private static final int RESPONSE_SECONDS = 30;

  private final HttpServer server;
  private final WhepRoutes routes;
  private final AtomicBoolean closed = new AtomicBoolean();

  private WhepServer(HttpServer server, WhepRoutes routes) {
    this.server = server;
    this.routes = routes;
  }

  /**
   * Opens it.
   *
   * @param address of this machine, or empty for loopback
   * @param port 0 for a free one
   */
  static WhepServer open(String address, int port, WhepSessions sessions, ThreadFactory threads) {
    HttpServer http = listen(address, port);
    WhepServer server = new WhepServer(http, new WhepRoutes(sessions));
    http.setExecutor(limited(threads));
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  /** The platform's server closes the connection of a request that is rejected. */
  private static Executor limited(ThreadFactory threads) {
    Semaphore free = new Semaphore(MAX_REQUESTS);
    return request -> {
      if (!free.tryAcquire()) {
        throw new RejectedExecutionException("too many requests at a time");
      }
      try {
        Thread thread = threads.newThread(() -> run(request, free));
        thread.setName("framecast-whep");
        thread.start();
      } catch (RuntimeException | Error e) {
        free.release();
        throw e;
      }
    };
  }

  private static void run(Runnable request, Semaphore free) {
    try {
      request.run();
    } finally {
      free.release();
    }
  }

  private static HttpServer listen(String address, int port) {
    limitTime("maxReqTime", REQUEST_SECONDS);
    limitTime("maxRspTime", RESPONSE_SECONDS);
    try {
      InetAddress local =
          address.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
      return HttpServer.create(new InetSocketAddress(local, port), BACKLOG);
    } catch (IOException e) {
      throw new MediaException(
          MediaException.Code.SINK_FAILED, "cannot listen on port " + port + " for viewers", e);
    }
  }

  private static void limitTime(String name, int seconds) {
    String property = "sun.net.httpserver." + name;
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(seconds));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      routes.answer(new WhepExchange(exchange));
    }
  }

  /** Where a path of it is. */
  URI at(String path) {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    String named = host.contains(":") ? "[" + host.replaceFirst("%.*", "") + "]" : host;
    return URI.create("http://" + named + ":" + address.getPort() + path);
  }

  /** Takes no more, and does not wait for those who are being answered. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop(0);
    }
  }
}
