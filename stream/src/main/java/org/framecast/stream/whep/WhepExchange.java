package org.framecast.stream.whep;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** One request and its response; each is answered once. */
final class WhepExchange {
  /** As for offers in the application. */
  static final int MAX_BODY_BYTES = 65_536;

  private static final int NO_BODY = -1;

  private final HttpExchange exchange;

  WhepExchange(HttpExchange exchange) {
    this.exchange = exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    String path = exchange.getRequestURI().getPath();
    return path == null ? "" : path;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /**
   * Whether the request is for this machine by an address or as localhost, and from no page but
   * this server's own. A page of another site can make a browser ask a server on loopback, by a
   * name that it lets resolve there; such a request carries that name.
   */
  boolean isOwn() {
    String host = header("Host").orElse("");
    boolean named = isAddress(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
    return named && header("Origin").map(origin -> origin.equals("http://" + host)).orElse(true);
  }

  private static boolean isAddress(String host) {
    return host.equals("localhost") || host.matches("[0-9.]+|\\[[0-9a-f:.]+]");
  }

  /** Whether the body is of that type; parameters and case do not matter. */
  boolean isOf(String type) {
    String given = header("Content-Type").orElse("");
    return given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(type);
  }

  /** The body as text; absent when it is too long. */
  Optional<String> text() throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    return bytes.length > MAX_BODY_BYTES
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  /** A header of the response. */
  WhepExchange with(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
    return this;
  }

  /** Answers without a body. */
  void answer(int status) throws IOException {
    exchange.sendResponseHeaders(status, NO_BODY);
  }

  /** Answers with a text of that type. */
  void answer(int status, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    with("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Answers with words for the one who reads them. */
  void refuse(int status, String words) throws IOException {
    answer(status, "text/plain; charset=utf-8", words + "\n");
  }
}
