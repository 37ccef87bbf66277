package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no ordinary client makes: each is refused with a status and a problem document. */
class OddRequestIT extends ProductTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private RawHandshake request(String line, String... headers) {
    return RawHandshake.send(
        api(),
        line
            + " HTTP/1.1\r\nHost: "
            + api().base().getAuthority()
            + "\r\n"
            + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
            + "\r\n");
  }

  private RawHandshake upgrade(String method, String version, String key) {
    String token = api().openSession().accessToken();
    return request(
        method + " /stream",
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: " + version,
        "Sec-WebSocket-Key: " + key,
        "Sec-WebSocket-Protocol: access_token." + token + ", video",
        "Content-Length: 0");
  }

  private static void assertRefused(int status, String problem, RawHandshake answer) {
    assertEquals(status, answer.status(), answer.head() + answer.body());
    assertEquals(problem, answer.problem());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }

  @Test
  void aHandshakeIsAGet() {
    assertEquals(101, upgrade("GET", "13", KEY).status());
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
      RawHandshake answer = upgrade(method, "13", KEY);
      assertRefused(405, "method-not-allowed", answer);
      assertTrue(answer.head().contains("allow: get"), answer.head());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "0", "14", "13, 8", "x", ""})
  void anotherVersionIsToldTheRightOne(String version) {
    RawHandshake answer = upgrade("GET", version, KEY);
    assertRefused(426, "websocket-version", answer);
    assertTrue(answer.head().contains("sec-websocket-version: 13"), answer.head());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZR==", "AAAA"})
  void aKeyIsSixteenBytes(String key) {
    assertRefused(400, "websocket-key", upgrade("GET", "13", key));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /nothing,404",
    "GET /WEB-INF,404",
    "GET /WEB-INF/web.xml,404",
    "GET /web-inf/web.xml,404",
    "GET /META-INF/MANIFEST.MF,404",
    "GET /app/,404",
    "GET /app/api/,404",
    "GET /app/nothing.js,404",
    "GET /WEB-INF;x/web.xml,404",
    "GET /%57EB-INF/web.xml,404",
    "GET /./WEB-INF/web.xml,404",
    "GET /app/../WEB-INF/web.xml,404",
    "POST /app/css/base.css,405",
    "DELETE /index.html,405",
    "PUT /,405",
    "PROPFIND /session,405"
  })
  void whatIsNotThereIsAProblem(String line, int status) {
    RawHandshake answer = request(line);
    assertEquals(status, answer.status(), answer.head() + answer.body());
    answer.problem();
    assertTrue(answer.head().contains("x-content-type-options: nosniff"), answer.head());
    assertFalse(answer.head().contains("iso-8859"), answer.head());
    assertFalse(answer.head().contains("unsafe-inline"), answer.head());
    assertEquals(status == 405, answer.head().contains("\nallow: "), answer.head());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/session", "/", "/app/studio.js", "/docs/", "/nothing", "/whep/demo"})
  void traceIsRefusedAndEchoesNothing(String path) {
    RawHandshake answer = request("TRACE " + path, "Authorization: Bearer do-not-echo");
    assertRefused(405, "method-not-allowed", answer);
    assertTrue(answer.head().contains("allow: get"), answer.head());
    assertFalse(answer.body().contains("do-not-echo"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /docs/../index.html", "GET /docs/%2e%2e/index.html"})
  void aPathWithStepsHasThePolicyOfThePageItLeadsTo(String line) {
    RawHandshake answer = request(line);
    assertEquals(200, answer.status(), answer.head());
    assertFalse(answer.head().contains("unsafe-inline"), answer.head());
  }

  /** There is no path that the application could refuse. */
  @Test
  void noConnectionsAreMadeForOthers() {
    assertEquals(405, request("CONNECT localhost:80").status());
  }

  @Test
  void nothingOfAHeaderThatCannotBeReadIsLogged() throws IOException {
    String marker = "mArKeR5d2c";
    request("GET /session", "Accept: " + marker + ";".repeat(5_000));
    request("POST /session", "Content-Type: " + marker + ";;", "Content-Length: 0");
    request("CONNECT " + marker + ":80");
    assertFalse(log().contains(marker), "the marker is in the server's log");
  }

  private static String log() throws IOException {
    return Files.readString(
        Path.of(System.getProperty("framecast.root"), "src-test/target/server/log/server.log"));
  }

  private static List<String> faults() throws IOException {
    return log()
        .lines()
        .filter(line -> line.contains(" ERROR ") || line.contains(" WARN "))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/streams/%ff", "/streams;x=%c0%ae", "/%ed%a0%80", "/app/%c3", "/whip/x/%e2"})
  void aPathThatIsNoUtf8IsRefusedAndNoFault(String path) throws IOException {
    List<String> before = faults();
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      assertRefused(400, "bad-request", request(method + " " + path, "Content-Length: 0"));
    }
    assertEquals(before, faults());
  }

  /** A browser sends what other servers on other ports of this host have set. */
  @ParameterizedTest
  @ValueSource(ints = {1, 201, 20_000})
  void cookiesOfOthersAreNoMatter(int count) throws IOException {
    List<String> before = faults();
    String cookies =
        IntStream.range(0, count).mapToObj(i -> "c" + i + "=v").collect(Collectors.joining("; "));
    assertEquals(200, request("GET /", "Cookie: " + cookies).status());
    assertRefused(404, "not-found", request("GET /nothing", "Cookie: " + cookies));
    assertRefused(401, "token-missing", request("GET /streams", "Cookie: " + cookies));
    assertEquals(before, faults());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: ///",
        "Accept: */",
        "Accept: text/plain;q=x",
        "Content-Type: ///",
        "Content-Type: text/plain; charset=nonsense",
        "Content-Type: ;;;"
      })
  void aHeaderThatCannotBeReadIsAProblemOrNoMatter(String header) {
    for (String line : new String[] {"POST /session", "GET /nothing", "POST /whep/demo"}) {
      RawHandshake answer = request(line, header, "Content-Length: 0");
      assertTrue(answer.status() < 500, line + ", " + header + ": " + answer.head());
      if (answer.status() >= 400) {
        answer.problem();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sdp", "application/sdp, text/plain", ";;;"})
  void whatIsNoMediaTypeIsAnotherOneThanIsTaken(String type) {
    for (String line : new String[] {"POST /whep/demo", "POST /whip/demo", "POST /session"}) {
      assertRefused(415, "media-type", request(line, "Content-Type: " + type, "Content-Length: 0"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "identity, br"})
  void aPackedBodyIsRefused(String codings) {
    for (String line : new String[] {"POST /whep/demo", "POST /session", "POST /streams"}) {
      assertRefused(
          415,
          "media-type",
          request(line, "Content-Encoding: " + codings, "Content-Length: 2\r\n\r\n{}"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}{}", "{} x", "{\"expires_in\":\"\u00ff\"}"})
  void aBodyThatIsNotOneJsonObjectInUtf8IsRefused(String body) {
    assertRefused(
        400,
        "json-malformed",
        request("POST /session", "Content-Length: " + body.length() + "\r\n\r\n" + body));
  }
}
