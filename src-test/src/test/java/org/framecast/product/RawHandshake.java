package org.framecast.product;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A WebSocket handshake by hand, because client libraries hide the body of a refusal.
 *
 * @param status of the server's answer
 * @param head its header lines, lower case
 */
record RawHandshake(int status, String head, String body) {

  /** Asks for an upgrade of {@code /stream} with these subprotocols, comma-joined. */
  static RawHandshake of(Api api, List<String> subprotocols, String... headers) {
    return at("/stream", api, subprotocols, headers);
  }

  /** The same with a path as it stands in the request line. */
  static RawHandshake at(String path, Api api, List<String> subprotocols, String... headers) {
    URI uri = api.base();
    StringBuilder request = new StringBuilder();
    request.append("GET ").append(path).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(uri.getAuthority()).append("\r\n");
    request.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    if (!subprotocols.isEmpty()) {
      request.append("Sec-WebSocket-Protocol: ").append(String.join(", ", subprotocols));
      request.append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("\r\n");
    return send(api, request.toString());
  }

  /** Sends a whole request as it stands here. */
  static RawHandshake send(Api api, String request) {
    URI uri = api.base();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RawHandshake read(InputStream in) throws IOException {
    String head = readHead(in).toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(head.split(" ", 3)[1]);
    if (status == 101) {
      return new RawHandshake(status, head, "");
    }
    int at = head.indexOf("content-length:");
    int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 15).split("\r\n", 2)[0].strip());
    return new RawHandshake(
        status, head, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the head ended early: " + bytes);
      }
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** The last part of the problem's type. */
  String problem() {
    if (!head.contains("content-type: application/problem+json")) {
      throw new AssertionError("no problem document: " + head + body);
    }
    try (var reader = jakarta.json.Json.createReader(new java.io.StringReader(body))) {
      String type = reader.readObject().getString("type");
      return type.substring(type.lastIndexOf(':') + 1);
    }
  }
}
