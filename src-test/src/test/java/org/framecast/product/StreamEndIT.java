package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A WebSocket that ends, however it ends, frees everything within two seconds. */
class StreamEndIT extends ProductTest {
  /** Two seconds by design; the limit is for a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** What other tests have left, such as a demo that lingers, and what warms up. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  @Test
  void closedByThePublisher() {
    freesEverything(StreamSocket::close);
  }

  @Test
  void cutWithoutAClosingHandshake() {
    freesEverything(StreamSocket::abort);
  }

  private void freesEverything(Consumer<StreamSocket> end) {
    awaitIdle(QUIET);
    Api.Session session = api().openSession();
    StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
    try (Publisher publisher = Publisher.start(socket);
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(30);
      assertEquals(1, metric("peers"));
      assertEquals(2, metric("encoders"), "one for video, one for sound");
      publisher.stop();
      end.accept(socket);
      awaitIdle(LIMIT);
      assertTrue(viewer.awaitEnd(LIMIT.plusSeconds(3)), "the viewer sees the end");
    }
  }
}
