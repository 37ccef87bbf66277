package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that change while a stream runs, as a viewer sees them. */
class LiveSettingsIT extends ProductTest {

  @Test
  void aChangedStateChangesThePictureThatAViewerDecodesWithoutABreak() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher =
            Publisher.start(socket, List.of(Pictures.plain(320, 180, 180, "jpeg")))) {
      Browser.run(
          "live-settings.mjs",
          Duration.ofSeconds(45),
          List.of(
              "--base=" + Product.http(),
              "--stream=" + session.stream(),
              "--token=" + session.accessToken()));
      assertTrue(publisher.isRunning());
      assertEquals(1, metric("publishers"));
    }
  }
}
