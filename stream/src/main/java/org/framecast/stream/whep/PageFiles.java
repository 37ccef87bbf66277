package org.framecast.stream.whep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The page that plays the stream, from the library's own jar. */
final class PageFiles {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
          + " 'self'; media-src blob:";

  private record File(String type, String text) {}

  private final Map<String, File> files;

  private PageFiles(Map<String, File> files) {
    this.files = files;
  }

  static PageFiles load() {
    return new PageFiles(
        Map.of(
            "/", new File("text/html; charset=utf-8", read("watch.html")),
            "/watch.js", new File("text/javascript; charset=utf-8", read("watch.js")),
            "/watch.css", new File("text/css; charset=utf-8", read("watch.css")),
            "/favicon.svg", new File("image/svg+xml", read("favicon.svg"))));
  }

  private static String read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the library");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answer(WhepExchange exchange) throws IOException {
    File file = files.get(exchange.path());
    if (file == null) {
      exchange.refuse(404, "There is nothing here.");
    } else if (!exchange.method().equals("GET")) {
      exchange.with("Allow", "GET").refuse(405, "Allowed: GET");
    } else {
      exchange
          .with("Content-Security-Policy", POLICY)
          .with("X-Content-Type-Options", "nosniff")
          .answer(200, file.type(), file.text());
    }
  }
}
