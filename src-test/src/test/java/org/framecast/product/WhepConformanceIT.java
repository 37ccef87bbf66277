package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.framecast.conformance.Check;
import org.framecast.conformance.Endpoint;
import org.framecast.conformance.Suite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * WHEP line by line, as {@code docs/conformance.md} counts the lines: the checks of {@code
 * bin/conformance} against the running server, and real peers where media must flow or end.
 */
class WhepConformanceIT extends ProductTest {
  private static final Duration CONSENT_LIMIT = Duration.ofSeconds(10);

  @Test
  void line01AnOfferGets201AnAnswerAndALocation() {
    keeps(1);
  }

  @Test
  void line02OtherTypesBrokenUnusableAndLargeOffersEachHaveTheirStatus() {
    keeps(2);
  }

  @Test
  void line03GetOnEndpointAndSessionAnswersWithoutContent() {
    keeps(3);
  }

  @Test
  void line04PreflightsWorkWithoutATokenAndNameNoIceServers() {
    keeps(4);
  }

  @Test
  void line05DeleteEndsTheSessionOnceAndItsIce() {
    keeps(5);
  }

  @Test
  void line06CandidatesComeByPatch() {
    keeps(6);
  }

  @Test
  void line06ACandidateByPatchIsWhatConnects() {
    String token = api().openSession().accessToken();
    try (RtcViewer viewer = RtcViewer.joinWithoutCandidates(api(), "demo", token)) {
      assertEquals(204, viewer.trickle().status());
      viewer.awaitVideoPackets(10);
    }
  }

  @Test
  void line07AnIceRestartIsRefusedAndTheSessionLivesOn() {
    keeps(7);
  }

  @Test
  void line08TagsGuardPatch() {
    keeps(8);
  }

  @Test
  void line09TheAnswerIsCompleteBundledAndOfOneStream() {
    keeps(9);
  }

  @Test
  void line10TokensGuardOfferPatchAndDelete() {
    keeps(10);
  }

  @Test
  void line10AnotherSessionsTokenIsForbidden() {
    String owner = api().openSession().accessToken();
    String stranger = api().openSession().accessToken();
    try (RtcViewer viewer = RtcViewer.join(api(), "demo", owner)) {
      assertEquals(403, api().delete(viewer.location(), stranger).status());
      assertEquals(204, api().get(viewer.location(), owner).status());
      assertEquals(200, api().delete(viewer.location(), owner).status());
    }
  }

  @Test
  void line12ManyOffersOfOneCallerGet429WithRetryAfter() throws Exception {
    try (HttpClient elsewhere = from("127.77.0.12")) {
      keeps(12, endpoint(elsewhere, 1_000));
    }
  }

  @Test
  void line13ConsentIsGivenAndRevokedAtOnceByDelete() {
    keeps(13);
    String token = api().openSession().accessToken();
    try (RtcViewer viewer = RtcViewer.join(api(), "demo", token)) {
      viewer.awaitVideoPackets(10);
      assertEquals(200, api().delete(viewer.location(), token).status());
      assertTrue(viewer.awaitEnd(CONSENT_LIMIT), "the peer was not told");
    }
  }

  @Test
  void line13TheEndOfTheStreamEndsItsViewers() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(10);
      publisher.stop();
      socket.close();
      assertTrue(viewer.awaitEnd(CONSENT_LIMIT), "the peer was not told");
    }
  }

  @Test
  void line14TheAnswerSendsAndOffersThatDoNotReceiveAreRefused() {
    keeps(14);
  }

  @Test
  void line15HeadSaysWhatIsTaken() {
    keeps(15);
  }

  @Test
  void line16AKnownStreamWithoutAPublisherIsAConflictAndAnUnknownOneIsNotFound() {
    keeps(16);
  }

  @Test
  void line17AnUnusableOfferIsRefusedNotCountered() {
    keeps(17);
  }

  @Test
  void line18EventsComeAndEndWithTheSession() {
    keeps(18);
  }

  @Test
  void line18EveryEventIsToldAndAllEndWithTheStream() throws Exception {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(10);
      BlockingQueue<String> lines = new LinkedBlockingQueue<>();
      CompletableFuture<Void> over = read(subscribe(viewer, session.accessToken()), lines);
      Set<String> told = new HashSet<>();
      while (!told.containsAll(Set.of("active", "layers", "viewercount"))) {
        String line = lines.poll(15, TimeUnit.SECONDS);
        assertNotNull(line, "told of " + told + " alone");
        told.add(line.replaceFirst("^event: ?", ""));
      }
      publisher.stop();
      socket.close();
      over.get(15, TimeUnit.SECONDS);
      assertEquals(1, lines.stream().filter(WhepConformanceIT::isInactive).count(), lines + "");
    }
  }

  @Test
  void line18AStreamThatStoodStillBeforeItEndedIsToldToBeInactiveOnce() throws Exception {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(10);
      BlockingQueue<String> lines = new LinkedBlockingQueue<>();
      CompletableFuture<Void> over = read(subscribe(viewer, session.accessToken()), lines);
      String line = lines.poll(15, TimeUnit.SECONDS);
      boolean stopped = false;
      while (!isInactive(line)) {
        assertNotNull(line, "not told to be inactive");
        if (!stopped && line.matches("event: ?active")) {
          publisher.stop();
          stopped = true;
        }
        line = lines.poll(15, TimeUnit.SECONDS);
      }
      socket.close();
      over.get(15, TimeUnit.SECONDS);
      assertEquals(List.of(), lines.stream().filter(WhepConformanceIT::isInactive).toList());
    }
  }

  private static boolean isInactive(@Nullable String line) {
    return line != null && line.matches("event: ?inactive");
  }

  private String subscribe(RtcViewer viewer, String token) {
    Api.Answer subscribed =
        api()
            .send(
                api()
                    .request(viewer.location() + "/events")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "[\"active\",\"inactive\",\"layers\",\"viewercount\"]"))
                    .build());
    assertEquals(201, subscribed.status(), subscribed.text());
    return subscribed.header("Location");
  }

  /** Reads events to their end. */
  private CompletableFuture<Void> read(String subscription, BlockingQueue<String> lines)
      throws Exception {
    HttpResponse<Stream<String>> events =
        api()
            .http()
            .send(
                HttpRequest.newBuilder(api().uri(subscription))
                    .header("Accept", "text/event-stream")
                    .build(),
                BodyHandlers.ofLines());
    assertEquals(200, events.statusCode());
    return CompletableFuture.runAsync(
        () -> events.body().forEach(lines::add),
        task -> Thread.ofPlatform().daemon().name("events").start(task));
  }

  @Test
  void line20OffersOfTheRealWorldAreAnswered() {
    keeps(20);
  }

  @Test
  void noCheckOfTheWholeSuiteIsLeftOut() {
    List<Integer> lines =
        Suite.of(Endpoint.Protocol.WHEP).stream().map(Check::number).distinct().sorted().toList();
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20), lines);
  }

  private Endpoint endpoint(HttpClient http, int flood) {
    Api.Session session = api().openSession();
    return new Endpoint(
        api().uri("/whep/demo"),
        Endpoint.Protocol.WHEP,
        Optional.of(session.accessToken()),
        Optional.of(api().uri("/whep/" + session.stream())),
        flood,
        http);
  }

  private void keeps(int line) {
    keeps(line, endpoint(api().http(), 0));
  }

  private static void keeps(int line, Endpoint endpoint) {
    List<String> broken = new ArrayList<>();
    for (Check check : Suite.of(Endpoint.Protocol.WHEP)) {
      if (check.number() == line) {
        Check.Verdict verdict = check.run(endpoint);
        if (!(verdict instanceof Check.Verdict.Passed)) {
          broken.add(check.clause() + " " + check.text() + ": " + verdict);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static HttpClient from(String address) throws Exception {
    return HttpClient.newBuilder().localAddress(InetAddress.getByName(address)).build();
  }
}
