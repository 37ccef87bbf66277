package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come slowly or never: they hold up nobody and do not stay. */
class SlowBodyIT extends ProductTest {
  private static final int CONNECTIONS = 200;
  private static final int PER_ADDRESS = 64;

  /** What waits for the slow ones waits for their limit, which is ten seconds. */
  private static final Duration WHILE_THEY_ARE_OPEN = Duration.ofSeconds(8);

  @Test
  void twoHundredSlowBodiesHoldUpNobody() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        SlowBodies slow = SlowBodies.open(api(), "POST /session", CONNECTIONS)) {
      for (int i = 0; i < 4; i++) {
        assertAnswers(() -> assertEquals(200, api().get("/health/live", "").status()));
        assertAnswers(() -> api().openSession());
        assertAnswers(() -> assertEquals(200, api().get("/", "").status()));
        awaitFrames(socket, 20 * i);
      }
      List<String> answers = slow.answers();
      assertEquals(PER_ADDRESS, count(answers, "408", "body-late"));
      assertEquals(CONNECTIONS - PER_ADDRESS, count(answers, "429", "too-many-bodies"));
      assertTrue(publisher.isRunning());
      assertEquals(201, api().post("/session", "", "application/json", json("{}")).status());
    }
  }

  private static java.net.http.HttpRequest.BodyPublisher json(String text) {
    return java.net.http.HttpRequest.BodyPublishers.ofString(text);
  }

  private static void awaitFrames(StreamSocket socket, int least) {
    long before = System.nanoTime();
    socket.awaitEvent(
        event ->
            event.getString("type").equals("stats")
                && event.getJsonNumber("frames_in").longValue() > least,
        "stats of more than " + least + " frames");
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertTrue(took.compareTo(WHILE_THEY_ARE_OPEN) < 0, least + " frames took " + took);
  }

  private static void assertAnswers(Runnable request) {
    long before = System.nanoTime();
    request.run();
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertTrue(took.compareTo(WHILE_THEY_ARE_OPEN) < 0, took.toString());
  }

  private static long count(List<String> answers, String status, String code) {
    return answers.stream()
        .filter(it -> it.startsWith("HTTP/1.1 " + status + " ") && it.contains(code))
        .count();
  }

  /** The page of another site that sent it: it must learn what is wrong with its body. */
  @Test
  void aPlayersPageMayReadWhyItsBodyIsRefused() {
    String allowed = "access-control-allow-origin: *\r\n";
    String exposed = "access-control-expose-headers: etag, location, link, retry-after";
    try (SlowBodies slow = SlowBodies.open(api(), "POST /whip/demo", PER_ADDRESS + 1)) {
      List<String> answers =
          slow.answers().stream().map(answer -> answer.toLowerCase(Locale.ROOT)).toList();
      assertEquals(PER_ADDRESS, answers.stream().filter(it -> it.contains("body-late")).count());
      assertEquals(1, answers.stream().filter(it -> it.contains("too-many-bodies")).count());
      answers.forEach(it -> assertTrue(it.contains(allowed) && it.contains(exposed), it));
    }
    for (String framing :
        List.of("Content-Length: 70000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n11170\r\n")) {
      String head = "POST /whep/demo HTTP/1.1\r\nHost: " + api().base().getAuthority() + "\r\n";
      RawHandshake answer =
          RawHandshake.send(
              api(), head + "Origin: https://player.example\r\n" + framing + " ".repeat(69_000));
      assertEquals(413, answer.status(), answer.head());
      assertTrue(answer.head().contains(allowed), answer.head());
      assertTrue(answer.head().contains("vary: origin\r\n"), answer.head());
    }
  }

  /** Wherever it goes: also where nobody would read it. */
  @Test
  void aSlowBodyEndsAtItsLimit() {
    List<SlowBodies> slow =
        Stream.of(
                "GET /session",
                "GET /",
                "DELETE /nothing",
                "POST /assets?type=source",
                "GET /stream")
            .map(line -> SlowBodies.open(api(), line, 1))
            .toList();
    try {
      long before = System.nanoTime();
      for (SlowBodies each : slow) {
        assertEquals(1, count(each.answers(), "408", "body-late"));
      }
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(took.compareTo(Duration.ofSeconds(8)) > 0, took.toString());
      assertTrue(took.compareTo(Duration.ofSeconds(40)) < 0, took.toString());
    } finally {
      slow.forEach(SlowBodies::close);
    }
  }

  /** In parts, in chunks, and by a client that asks first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 18\r\n\r\n|{\"expires|_in\":300}",
        "Transfer-Encoding: chunked\r\n\r\n|9\r\n{\"expires\r\n|9\r\n_in\":300}\r\n|0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 18\r\nExpect: 100-continue\r\n\r\n|{\"expires|_in\":300}"
      })
  void aBodyThatTakesItsTimeIsTaken(String parts) throws IOException {
    try (Socket socket = new Socket(api().base().getHost(), api().base().getPort())) {
      socket.setSoTimeout(30_000);
      String head = "POST /session HTTP/1.1\r\nHost: " + api().base().getAuthority() + "\r\n";
      for (String part : (head + "Connection: close\r\n" + parts).split("\\|")) {
        socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        LockSupport.parkNanos(300_000_000L);
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.contains("HTTP/1.1 201 "), answer);
      assertEquals(parts.contains("Expect"), answer.startsWith("HTTP/1.1 100 "), answer);
      assertEquals(parts.contains("300"), answer.contains("\"expires_in\":300"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 70000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n11170\r\n"})
  void aBodyThatIsTooLargeIsNotReadToItsEnd(String framing) {
    String head = "POST /session HTTP/1.1\r\nHost: " + api().base().getAuthority() + "\r\n";
    RawHandshake answer = RawHandshake.send(api(), head + framing + " ".repeat(69_000));
    assertEquals(413, answer.status(), answer.head());
    assertEquals("body-too-large", answer.problem());
  }

  /** Wherever it is broken, and however much of it comes at once: nothing is waited for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "|zz\r\n",
        "|1|z\r\n",
        "\r\n",
        "-1\r\n",
        "0x5\r\n",
        "3\r\nabcd\r\n",
        "3\r\nabc\r\n|zz\r\n",
        "3\r\n|abc\r\n3;x=y\r\nabc\r\n|3\r\nabcd",
        "|11111111111111111\r\n"
      })
  void aBodyWhoseChunksAreBrokenIsRefusedAtOnce(String chunks) throws IOException {
    try (Socket socket = new Socket(api().base().getHost(), api().base().getPort())) {
      socket.setSoTimeout(5_000);
      String head = "POST /whep/demo HTTP/1.1\r\nHost: " + api().base().getAuthority() + "\r\n";
      for (String part : (head + "Transfer-Encoding: chunked\r\n\r\n" + chunks).split("\\|")) {
        socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        LockSupport.parkNanos(100_000_000L);
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("body-malformed"), answer);
      assertTrue(answer.contains("Access-Control-Allow-Origin: *"), answer);
    }
  }
}
