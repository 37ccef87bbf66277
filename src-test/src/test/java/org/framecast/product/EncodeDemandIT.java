package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pictures are encoded once for each codec that somebody watches, and for nobody not at all. */
class EncodeDemandIT extends ProductTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private JsonArray awaitEncodes(Api.Session session, int count) {
    return api()
        .await(
            () -> api().get("/streams/" + session.stream() + "/stats", session.accessToken()),
            answer -> answer.json().getJsonArray("encodes").size() == count,
            SOON)
        .json()
        .getJsonArray("encodes");
  }

  @Test
  void oneEncodeForAHundredViewersOfACodec() {
    Api.Session session = api().openSession();
    List<RtcViewer> viewers = new ArrayList<>();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket)) {
      awaitEncodes(session, 0);
      viewers.add(RtcViewer.join(api(), session.stream(), session.accessToken()));
      viewers.getFirst().awaitVideoPackets(10);
      for (int i = 1; i < 100; i++) {
        viewers.add(RtcViewer.join(api(), session.stream(), session.accessToken()));
      }
      viewers.forEach(viewer -> viewer.awaitVideoPackets(5));
      JsonArray encodes = awaitEncodes(session, 1);
      assertEquals("VP8", encodes.getJsonObject(0).getString("codec"));
      assertEquals(2, metric("encoders"), "one for video, one for sound");
      assertTrue(publisher.isRunning());
    } finally {
      viewers.forEach(RtcViewer::close);
    }
  }

  /**
   * The tests' server offers the slower codecs however slow they are, once it has measured them.
   */
  @Test
  void threeCodecsAreEncodedAndAFourthIsOneTooMany() {
    Api.Session session = api().openSession();
    awaitEveryCodec();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer vp9 = join(session, RtcViewer.Format.VP9);
        RtcViewer av1 = join(session, RtcViewer.Format.AV1);
        RtcViewer h264 = join(session, RtcViewer.Format.H264)) {
      for (RtcViewer viewer : List.of(vp9, av1, h264)) {
        viewer.awaitVideoPackets(30);
      }
      assertEquals(3, awaitEncodes(session, 3).size());
      AssertionError refused =
          assertThrows(AssertionError.class, () -> join(session, RtcViewer.Format.VP8));
      assertTrue(String.valueOf(refused.getMessage()).contains("422"), refused.getMessage());
      try (RtcViewer another = join(session, RtcViewer.Format.AV1)) {
        another.awaitVideoPackets(5);
      }
      assertTrue(publisher.isRunning());
    }
  }

  private RtcViewer join(Api.Session session, RtcViewer.Format format) {
    return RtcViewer.join(api(), session.stream(), session.accessToken(), format);
  }

  /** A stream has the codecs that are known when it starts. */
  private void awaitEveryCodec() {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!isOffered(RtcViewer.Format.AV1)) {
      assertTrue(System.nanoTime() < deadline, "AV1 is not offered");
    }
  }

  private boolean isOffered(RtcViewer.Format format) {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        RtcViewer viewer = join(session, format)) {
      return viewer.location() != null && socket != null;
    } catch (AssertionError e) {
      return false;
    }
  }

  @Test
  void eachCodecThatIsWatchedIsEncodedOnceAndEndsWithItsLastViewer() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer vp8 = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      try (RtcViewer h264 =
              RtcViewer.join(
                  api(), session.stream(), session.accessToken(), RtcViewer.Format.H264);
          RtcViewer second =
              RtcViewer.join(
                  api(), session.stream(), session.accessToken(), RtcViewer.Format.H264)) {
        for (RtcViewer viewer : List.of(vp8, h264, second)) {
          viewer.awaitVideoPackets(30);
        }
        Set<String> codecs =
            awaitEncodes(session, 2).getValuesAs(JsonObject.class).stream()
                .map(encode -> encode.getString("codec"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("VP8", "H264"), codecs);
        assertEquals(200, api().delete(h264.location(), session.accessToken()).status());
        assertEquals(200, api().delete(second.location(), session.accessToken()).status());
      }
      JsonArray left = awaitEncodes(session, 1);
      assertEquals("VP8", left.getJsonObject(0).getString("codec"));
      int before = vp8.videoPackets();
      vp8.awaitVideoPackets(before + 20);
      assertTrue(publisher.isRunning());
    }
    awaitMetric("encoders", n -> n == 0, SOON);
  }
}
