package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a caller writes does not reach the log, which shows everything above DEBUG. */
class SilentLogIT extends ProductTest {
  private static final String MARKER = "mArKeR7e57";

  @Test
  void nothingOfACallersTextIsLogged() throws IOException {
    Api.Session session = api().openSession();
    String good =
        Offers.chromiumLike(MARKER, 50_001)
            .replace("s=-", "s=" + MARKER)
            .replace("candidate:1 1", "candidate:" + MARKER + " 1")
            .replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\na=x-" + MARKER + ":" + MARKER + "\r\n");
    int accepted = 0;
    for (String offer :
        List.of(
            good,
            good.replace("a=mid:0", "a=mid:" + MARKER).replace("BUNDLE 0", "BUNDLE " + MARKER),
            good.replace("a=setup:actpass", "a=setup:" + MARKER),
            good.replace("VP8/90000", MARKER + "/90000"),
            MARKER,
            good.replace("a=ice-pwd:", "a=ice-pwd:" + MARKER + " "))) {
      Api.Answer answer =
          api()
              .send(
                  api()
                      .request("/whep/demo")
                      .header("Authorization", "Bearer " + session.accessToken())
                      .header("Content-Type", "application/sdp")
                      .header("User-Agent", MARKER)
                      .POST(BodyPublishers.ofString(offer))
                      .build());
      if (answer.status() == 201) {
        accepted++;
        patch(
            answer, session.accessToken(), "a=candidate:" + MARKER + " 1 udp 1 1.2.3.4 9 typ host");
        patch(answer, session.accessToken(), "a=ice-ufrag:" + MARKER);
        patch(answer, session.accessToken(), MARKER);
        api().delete(answer.header("Location"), session.accessToken());
      }
    }
    assertEquals(2, accepted, "offers that reached the library");
    api().get("/whep/demo/" + MARKER, MARKER);
    api().get("/" + MARKER, MARKER);
    String log = log();
    assertFalse(log.isEmpty(), "no log was found");
    assertEquals(List.of(), log.lines().filter(line -> line.contains(MARKER)).toList());
  }

  @Test
  void aCallerWhoGoesAwayBeforeItsAnswerIsNoFault() throws IOException {
    String token = api().openSession().accessToken();
    long opened = metric("peers_opened");
    List<String> before = errors();
    for (int i = 0; i < 40; i++) {
      String offer = Offers.chromiumLike("gone" + i, 50_100 + i);
      String request =
          "POST /whep/demo HTTP/1.1\r\nHost: "
              + api().base().getAuthority()
              + "\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Type: application/sdp\r\nContent-Length: "
              + offer.length()
              + "\r\n\r\n"
              + offer;
      try (Socket socket = new Socket(api().base().getHost(), api().base().getPort())) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      }
    }
    awaitMetric("peers_opened", n -> n > opened, Duration.ofSeconds(60));
    awaitMetric("peers", n -> n == 0, Duration.ofSeconds(60));
    assertEquals(before, errors());
  }

  private static List<String> errors() throws IOException {
    return log().lines().filter(line -> line.contains(" ERROR ")).toList();
  }

  private void patch(Api.Answer created, String token, String attribute) {
    api()
        .send(
            api()
                .request(created.header("Location"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/trickle-ice-sdpfrag")
                .header("If-Match", created.header("ETag"))
                .header("User-Agent", MARKER)
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n" + attribute + "\r\n"))
                .build());
  }

  private static String log() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(Product.root().resolve("src-test/target/server"))) {
      for (Path file : files.filter(f -> f.endsWith("server.log")).toList()) {
        text.append(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }
}
