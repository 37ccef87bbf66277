package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Viewers on Pion, a WebRTC implementation that is not the server's. */
class PionIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Test
  void everyPacketReachesEveryViewer() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket)) {
      PionClient.Run run = view(session, List.of("-n", "5", "-warmup", "1s", "-seconds", "5s"));
      assertEquals(0, run.status(), run.printed());
      JsonObject measured = run.event("measured");
      JsonObject sum = measured.getJsonObject("sum");
      assertEquals(5, measured.getInt("viewers"));
      assertEquals(0, measured.getInt("ended"), run.printed());
      assertEquals(0, sum.getInt("gaps"), run.printed());
      assertEquals(0, sum.getInt("audio_gaps"), run.printed());
      assertEquals(0, sum.getInt("broken"), run.printed());
      assertTrue(sum.getInt("audio_packets") > 5 * 5 * 40, run.printed());
      // Two sender reports at least in five seconds for each of ten tracks.
      assertTrue(sum.getInt("sender_reports") >= 20, run.printed());
      double fps = measured.getJsonObject("fps").getJsonNumber("min").doubleValue();
      assertTrue(fps > 15, run.printed());
      assertTrue(publisher.isRunning());
    }
    awaitMetric("peers", n -> n == 0, Duration.ofSeconds(15));
  }

  private static PionClient.Run view(Api.Session session, List<String> options) {
    List<String> arguments =
        new ArrayList<>(List.of("view", "-url", Product.http() + "/whep/" + session.stream()));
    arguments.addAll(options);
    return PionClient.run(LIMIT, arguments);
  }
}
