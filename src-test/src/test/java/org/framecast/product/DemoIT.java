package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The streams to look at without a camera: started by the first viewer, stopped after the last. */
class DemoIT extends ProductTest {

  @Test
  void demoRunsWhileSomebodyWatches() {
    runsWhileWatched("demo");
  }

  @Test
  void demoRawRunsWhileSomebodyWatches() {
    runsWhileWatched("demo-raw");
  }

  private void runsWhileWatched(String stream) {
    Api.Session session = api().openSession();
    awaitMetric("streams_live", n -> n == 0, Duration.ofSeconds(15));
    try (RtcViewer viewer = RtcViewer.join(api(), stream, session.accessToken())) {
      viewer.awaitVideoPackets(60);
      viewer.awaitAudioPackets(60);
      assertEquals(1, metric("streams_live"));
    }
    awaitMetric("streams_live", n -> n == 0, Duration.ofSeconds(17));
    awaitMetric("encoders", n -> n == 0, Duration.ofSeconds(2));
    awaitMetric("peers", n -> n == 0, Duration.ofSeconds(2));
  }

  @Test
  void theRawClipIsNotEncodedAgain() {
    Api.Session session = api().openSession();
    try (RtcViewer viewer = RtcViewer.join(api(), "demo-raw", session.accessToken())) {
      viewer.awaitVideoPackets(60);
      long encoders = metric("encoders_opened");
      int packets = viewer.videoPackets();
      viewer.awaitVideoPackets(packets + 200);
      assertEquals(encoders, metric("encoders_opened"));
      assertEquals(0, metric("encoders"));
    }
  }
}
