package org.framecast.stream.whep;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.media.MediaException;

/**
 * Listens for viewers by HTTP.
 *
 * <p><b>Thread:</b> a request has a thread to itself, which may wait for an answer; of those that
 * come while many are served nothing is read.
 */
final class WhepServer implements AutoCloseable {
  /** Where offers go. */
  static final String ENDPOINT = "/whep";

  private static final int MAX_REQUESTS = 64;
  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final WhepRoutes routes;
  private final AtomicInteger requests = new AtomicInteger();
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
    http.setExecutor(
        request -> {
          Thread thread = threads.newThread(request);
          thread.setName("framecast-whep");
          thread.start();
        });
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  private static HttpServer listen(String address, int port) {
    try {
      InetAddress local =
          address.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
      return HttpServer.create(new InetSocketAddress(local, port), BACKLOG);
    } catch (IOException e) {
      throw new MediaException(
          MediaException.Code.SINK_FAILED, "cannot listen on port " + port + " for viewers", e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (requests.incrementAndGet() > MAX_REQUESTS) {
        new WhepExchange(exchange).with("Retry-After", "1").refuse(503, "Too many at a time.");
      } else {
        routes.answer(new WhepExchange(exchange));
      }
    } finally {
      requests.decrementAndGet();
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
