package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test that publishes a stream of its own over HTTP alone: no packet flows. */
abstract class WhipTest extends ProductTest {
  static final String SDP = "application/sdp";
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private Api.Session session = new Api.Session("", "", "", "");

  /** The session whose stream is published. */
  final Api.Session session() {
    return session;
  }

  /** Goes on with another token of the session's. */
  final void useToken(String accessToken) {
    session = new Api.Session(session.id(), session.stream(), accessToken, "");
  }

  @BeforeEach
  void openASession() {
    session = api().openSession();
  }

  /** Ends what a test has published; a session that a test has ended answers with 401. */
  @AfterEach
  void endIt() {
    api().delete("/session", session.accessToken());
  }

  private static String offer() {
    return Offers.chromiumLike().replace("a=recvonly", "a=sendonly\r\na=ssrc:SSRC cname:x");
  }

  /** The offer with a number of its own for each section. */
  static String sending() {
    return offer().replaceFirst("SSRC", "1001").replaceFirst("SSRC", "1002");
  }

  final Api.Answer post(String type, String body) {
    return api().post("/whip/" + session.stream(), session.accessToken(), type, text(body));
  }

  static HttpRequest.BodyPublisher text(String body) {
    return BodyPublishers.ofString(body);
  }

  final Api.Answer published() {
    Api.Answer answer = post(SDP, sending());
    assertEquals(201, answer.status(), answer.text());
    return answer;
  }

  final String path(Api.Answer answer) {
    return api().uri(answer.header("Location")).getPath();
  }

  final Api.Answer request(String method, String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request = api().request(path).method(method, text(body));
    headers.forEach(request::header);
    return api().send(request.build());
  }

  final Map<String, String> bearer() {
    return Map.of("Authorization", "Bearer " + session.accessToken());
  }

  final Api.Answer patch(String path, String ifMatch, String type, String body) {
    return request(
        "PATCH",
        path,
        Map.of(
            "Authorization",
            "Bearer " + session.accessToken(),
            "If-Match",
            ifMatch,
            "Content-Type",
            type),
        body);
  }

  static String fragment(String ufrag, String... lines) {
    return String.join(
            "\r\n",
            Stream.concat(
                    Stream.of(
                        "a=ice-ufrag:" + ufrag,
                        "a=ice-pwd:asd88fgpdd777uzjYhagZg5x",
                        "m=video 9 UDP/TLS/RTP/SAVPF 0",
                        "a=mid:0"),
                    Arrays.stream(lines))
                .toList())
        + "\r\n";
  }
}
