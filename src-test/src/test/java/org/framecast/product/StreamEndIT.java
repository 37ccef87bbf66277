package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A WebSocket that ends, however it ends, frees everything within two seconds. */
class StreamEndIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final List<String> COUNTS =
      List.of("publishers", "streams_live", "peers", "encoders", "native_codecs", "threads");

  @Test
  void closedByThePublisher() {
    freesEverything(StreamSocket::close);
  }

  @Test
  void cutWithoutAClosingHandshake() {
    freesEverything(StreamSocket::abort);
  }

  private void freesEverything(Consumer<StreamSocket> end) {
    long[] before = COUNTS.stream().mapToLong(this::metric).toArray();
    Api.Session session = api().openSession();
    StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
    try (Publisher publisher = Publisher.start(socket);
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(30);
      assertEquals(before[2] + 1, metric("peers"));
      assertEquals(before[3] + 2, metric("encoders"), "one for video, one for sound");
      publisher.stop();
      end.accept(socket);
      for (int i = 0; i < before.length; i++) {
        long idle = before[i];
        awaitMetric(COUNTS.get(i), value -> value <= idle, LIMIT);
      }
      assertTrue(viewer.awaitEnd(LIMIT.plusSeconds(3)), "the viewer sees the end");
    }
  }
}
