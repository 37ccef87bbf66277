package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Viewers behind a network that loses every twentieth packet, with a round trip of 100 ms. */
class LossIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void thePictureGoesOnInPion() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        LossyNetwork network =
            LossyNetwork.open(
                Product.mediaPort(),
                List.of("--loss", "0.05", "--reorder", "0.02", "--delay", "50", "--seed", "4"))) {
      PionClient.Run run =
          PionClient.run(
              LIMIT,
              List.of(
                  "view",
                  "-url",
                  Product.http() + "/whep/" + session.stream(),
                  "-candidate",
                  network.address(),
                  "-warmup",
                  "500ms",
                  "-seconds",
                  "15s"));
      assertEquals(0, run.status(), run.printed());
      JsonObject sum = run.event("measured").getJsonObject("sum");
      assertEquals(0, sum.getInt("freezes_over_2s"), run.printed());
      assertTrue(sum.getJsonNumber("longest_pause_ms").doubleValue() < 2_000, run.printed());
      assertTrue(sum.getInt("frames") > 15 * 10, run.printed());
      assertTrue(sum.getInt("recovered") > 0, run.printed());
      int lost = network.end().getJsonObject("to_viewers").getInt("lost");
      assertTrue(lost > 10, "lost: " + lost);
      // What a NACK did not bring back stays a gap.
      assertTrue(sum.getInt("gaps") <= lost / 4, "of " + lost + ": " + run.printed());
      assertTrue(publisher.isRunning());
    }
  }

  @Test
  void thePictureGoesOnInChromium() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket)) {
      JsonObject seen =
          Browser.run(
              "loss.mjs",
              LIMIT,
              List.of(
                  "--base=" + Product.http(),
                  "--media=127.0.0.1:" + Product.mediaPort(),
                  "--stream=" + session.stream(),
                  "--java=" + System.getProperty("java.home") + "/bin/java",
                  "--seconds=12"));
      assertTrue(seen.getJsonNumber("longest_pause_ms").doubleValue() < 2_000, seen.toString());
      assertTrue(seen.getInt("frames_decoded") > 12 * 10, seen.toString());
      assertTrue(seen.getInt("nacks") > 0, seen.toString());
      assertTrue(publisher.isRunning());
    }
  }
}
