package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /docs} serves: the API's descriptions and the library's Javadoc. */
class DocsIT extends ProductTest {

  /** By HTTP/1.1: over HTTP/2 without TLS the container garbles a file now and then. */
  private Api.Answer get(String path) {
    return api().send(api().request(path).version(HttpClient.Version.HTTP_1_1).GET().build());
  }

  @ParameterizedTest
  @CsvSource({
    "/docs/, text/html, openapi.yaml",
    "/docs/, text/html, javadoc/",
    "/docs/, text/html, POST /whip/",
    "/docs/, text/html, POST /whep/",
    "/docs/, text/html, GET /hls/",
    "/docs/, text/html, GET /recordings",
    "/favicon.ico, image/svg+xml, <svg",
    "/docs/openapi.yaml, application/yaml, openapi: 3.",
    "/docs/asyncapi.yaml, application/yaml, asyncapi: 3.",
    "/docs/javadoc/index.html, text/html, org/framecast/stream/flow/package-summary.html",
    "/docs/javadoc/org/framecast/stream/flow/package-summary.html, text/html, StreamSource",
    "/docs/javadoc/org/framecast/stream/flow/FrameQueue.html, text/html, A bounded queue",
    "/docs/javadoc/org/framecast/rtc/PeerConnection.html, text/html, <title>PeerConnection"
  })
  void isServedAsWhatItIs(String path, String type, String part) {
    Api.Answer answer = get(path);
    assertEquals(200, answer.status(), path);
    assertEquals(type, answer.header("Content-Type").split(";", 2)[0].strip());
    assertTrue(answer.text().contains(part), path + " without " + part);
  }

  /** Their links are relative: without the slash they would lead elsewhere. */
  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/javadoc"})
  void aFolderHasASlash(String path) {
    Api.Answer answer = get(path);
    assertEquals(307, answer.status(), answer.text());
    assertEquals(path + "/", answer.header("Location"));
  }

  @Test
  void theDescriptionsAreThoseOfTheRepository() throws IOException {
    for (String name : new String[] {"openapi.yaml", "asyncapi.yaml"}) {
      Path source = Product.root().resolve("web/src/main/webapp/docs").resolve(name);
      Api.Answer answer = get("/docs/" + name);
      assertEquals(Files.readString(source), answer.text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/nothing/below", "/docs/javadoc/Nothing.html", "/app/no.js"})
  void aPersonIsToldInAPageAndAProgramByAProblem(String path) {
    Api.Answer page = opened(path);
    assertEquals(404, page.status(), page.text());
    assertEquals("text/html;charset=UTF-8", page.header("Content-Type").replace(" ", ""));
    assertTrue(page.text().contains("<h1>Not found</h1>"), page.text());
    assertTrue(page.text().contains("href=\"/\""), page.text());
    Api.Answer problem = get(path);
    assertEquals(404, problem.status());
    assertEquals("not-found", problem.problem());
  }

  @Test
  void aPersonWithoutATokenIsToldInAPageToo() {
    Api.Answer page = opened("/streams");
    assertEquals(401, page.status(), page.text());
    assertTrue(page.header("WWW-Authenticate").startsWith("Bearer"), page.text());
    assertTrue(page.text().contains("<h1>"), page.text());
  }

  /** As a browser asks when a person opens an address. */
  private Api.Answer opened(String path) {
    return api()
        .send(
            api()
                .request(path)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .GET()
                .build());
  }

  @Test
  void whatIsNotThereIsAProblem() {
    Api.Answer answer = get("/docs/javadoc/Nothing.html");
    assertEquals(404, answer.status());
    answer.problem();
  }
}
