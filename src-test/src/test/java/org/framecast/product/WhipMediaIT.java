package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.media.Codec;
import org.framecast.stream.source.scene.MovingScene;
import org.junit.jupiter.api.Test;

/** What a publisher sends by WHIP reaches the viewers: as it is, or processed. */
class WhipMediaIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The default of {@code framecast.whip.silence-millis}. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** Two seconds by design; the limit is for a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** What other tests have left, such as a demo that lingers, and what warms up. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private static final String BOXES = "{\"layers\":[{\"name\":\"detect\"},{\"name\":\"boxes\"}]}";
  private static final String NO_LAYERS = "{\"layers\":[]}";

  @Test
  void withoutLayersItIsPassedOnAsItIs() {
    Api.Session session = api().openSession();
    long opened = metric("encoders_opened");
    RtpRecording recording = new RtpRecording();
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.VP8);
        RtcViewer viewer =
            RtcViewer.join(api(), session.stream(), session.accessToken(), recording)) {
      recording.await(60, 80, LIMIT);
      List<byte[]> sent = EncodedScene.in(Codec.VP8);
      int same = 0;
      for (RtpRecording.Unit unit : recording.pictures()) {
        same += sent.stream().anyMatch(one -> java.util.Arrays.equals(one, unit.data())) ? 1 : 0;
      }
      assertEquals(recording.pictures().size(), same, "bytes of the publisher's own encoder");
      assertEquals(0, metric("encoders_opened") - opened);
      assertEquals(0, metric("encoders"));
      aViewersNeedReaches(publisher, session);
      assertTrue(publisher.reports() > 2, publisher.reports() + " receiver reports");
      assertTrue(viewer.videoPackets() > 0);
    }
  }

  /**
   * A viewer that has just come may begin with a keyframe that is kept: this one says its need.
   * Nobody asks for anybody whose picture flows, and nothing is decoded here that would need one.
   */
  private void aViewersNeedReaches(RtcPublisher publisher, Api.Session session) {
    AtomicInteger ssrc = new AtomicInteger();
    try (RtcViewer needy =
        RtcViewer.joinSilently(
            api(),
            session.stream(),
            session.accessToken(),
            Optional.empty(),
            packet -> ssrc.set(ByteBuffer.wrap(packet).getInt(8)))) {
      needy.awaitVideoPackets(30);
      int before = publisher.keyframesAsked();
      needy.awaitVideoPackets(needy.videoPackets() + 100);
      assertEquals(before, publisher.keyframesAsked(), "asked for though nobody needs one");
      needy.say(StrangeViewersIT.pli(ssrc.get()));
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (publisher.keyframesAsked() == before && System.nanoTime() < deadline) {
        LockSupport.parkNanos(10_000_000L);
      }
      assertTrue(publisher.keyframesAsked() > before, "the viewer's need reached the publisher");
    }
  }

  @Test
  void theDetectorsBoxesAreDrawnOnWhatComesByWhip() {
    Api.Session session = api().openSession();
    assertEquals(200, state(session, BOXES).status());
    RtpRecording recording = new RtpRecording();
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.VP8);
        RtcViewer viewer =
            RtcViewer.join(api(), session.stream(), session.accessToken(), recording)) {
      recording.await(110, 100, LIMIT);
      List<Double> boxes = boxes(recording.pictures(), 30);
      assertTrue(boxes.size() >= 20, boxes.size() + " objects");
      assertTrue(shareDrawn(boxes) >= 0.7, () -> "boxes are missing: " + boxes);
      assertTrue(publisher.reports() > 0 && viewer.videoPackets() > 0);
    }
  }

  @Test
  void layersAreSwitchedOnAndOffWhileItRuns() {
    Api.Session session = api().openSession();
    long opened = metric("encoders_opened");
    RtpRecording recording = new RtpRecording();
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.VP8);
        RtcViewer viewer =
            RtcViewer.join(api(), session.stream(), session.accessToken(), recording)) {
      recording.await(40, 40, LIMIT);
      assertEquals(0, metric("encoders_opened") - opened);
      assertEquals(200, state(session, BOXES).status());
      int before = recording.pictures().size();
      recording.await(before + 60, 40, LIMIT);
      assertTrue(metric("encoders_opened") - opened >= 1);
      List<Double> boxes = boxes(recording.pictures(), before + 30);
      assertTrue(shareDrawn(boxes) >= 0.7, () -> "boxes are missing: " + boxes);

      assertEquals(200, state(session, NO_LAYERS).status());
      awaitMetric("encoders", n -> n <= 1, LIMIT);
      int after = recording.pictures().size();
      recording.await(after + 40, 40, LIMIT);
      List<byte[]> sent = EncodedScene.in(Codec.VP8);
      byte[] last = recording.pictures().getLast().data();
      assertTrue(
          sent.stream().anyMatch(one -> java.util.Arrays.equals(one, last)), "passed on again");
      assertTrue(publisher.keyframesAsked() >= 2 && viewer.videoPackets() > 0);
    }
  }

  @Test
  void lossOnTheWayInIsHealed() {
    Api.Session session = api().openSession();
    RtpRecording recording = new RtpRecording();
    try (LossyNetwork network =
            LossyNetwork.open(
                Product.mediaPort(),
                List.of("--loss", "0.05", "--reorder", "0.02", "--delay", "25", "--seed", "9"));
        RtcPublisher publisher =
            RtcPublisher.startOver(api(), session, Codec.VP8, network.address());
        RtcViewer viewer =
            RtcViewer.join(api(), session.stream(), session.accessToken(), recording)) {
      recording.await(200, 200, LIMIT);
      List<byte[]> sent = EncodedScene.in(Codec.VP8);
      List<RtpRecording.Unit> pictures = recording.pictures();
      int longest = 0;
      for (int i = 1; i < pictures.size(); i++) {
        byte[] data = pictures.get(i).data();
        assertTrue(sent.stream().anyMatch(one -> java.util.Arrays.equals(one, data)), "whole");
        long ticks = pictures.get(i).timestamp() - pictures.get(i - 1).timestamp();
        longest = Math.max(longest, (int) ticks);
      }
      assertTrue(longest < 2 * 90_000, longest / 90 + " ms without a picture");
      assertTrue(publisher.reports() > 0 && viewer.videoPackets() > 0);
      JsonObject relay = network.end();
      assertTrue(relay.getJsonObject("to_server").getInt("lost") > 10, relay.toString());
    }
  }

  @Test
  void everyCodecIsPassedOn() {
    for (Codec codec : List.of(Codec.VP8, Codec.H264, Codec.VP9, Codec.AV1)) {
      Api.Session session = api().openSession();
      try (RtcPublisher publisher = RtcPublisher.start(api(), session, codec)) {
        awaitMetric("publishers", n -> n == 1, SOON);
        Api.Answer stats =
            api()
                .await(
                    () ->
                        api().get("/streams/" + session.stream() + "/stats", session.accessToken()),
                    answer -> answer.status() == 200 && answer.json().getInt("frames_in") >= 20,
                    LIMIT);
        JsonObject numbers = stats.json();
        assertTrue(numbers.getInt("frames_in") >= 20, codec + ": " + stats.text());
        assertTrue(numbers.getInt("bitrate_bps") > 50_000, codec + ": " + stats.text());
        // AV1 says its size behind a header of many optional parts, which is not read.
        if (codec != Codec.AV1) {
          assertEquals(EncodedScene.WIDTH, numbers.getInt("width"), codec + ": " + stats.text());
          assertEquals(EncodedScene.HEIGHT, numbers.getInt("height"));
        }
        assertTrue(publisher.reports() > 0);
      }
      awaitMetric("publishers", n -> n == 0, LIMIT);
    }
  }

  @Test
  void aVanishedPublisherFreesEverything() {
    endsWith((publisher, session) -> publisher.close(), SOON);
  }

  /**
   * Its packets end between two of them, and no word of it comes: a killed program, a cut cable.
   */
  @Test
  void aPublisherThatIsCutOffIsGoneWithinTheLimit() {
    Api.Session session = api().openSession();
    try (LossyNetwork network =
            LossyNetwork.open(Product.mediaPort(), List.of("--loss", "0", "--seed", "1"));
        RtcPublisher publisher =
            RtcPublisher.startOver(api(), session, Codec.VP8, network.address());
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(30);
      network.close();
      awaitMetric("publishers", n -> n == 0, SILENCE.plus(SOON));
      assertEquals(404, api().get(publisher.location(), session.accessToken()).status());
      assertTrue(viewer.awaitEnd(SOON.plusSeconds(3)), "the viewer sees the end");
      assertEquals(
          201,
          RtcPublisher.prepare(api(), session.accessToken(), Codec.VP8)
              .postOnce(session.stream())
              .status(),
          "the place is free");
      api().delete("/session", session.accessToken());
    }
  }

  @Test
  void aDeletedPublisherFreesEverything() {
    endsWith(
        (publisher, session) ->
            assertEquals(200, api().delete(publisher.location(), session.accessToken()).status()),
        SOON);
  }

  @Test
  void theEndOfTheSessionEndsThePublisher() {
    endsWith(
        (publisher, session) -> {
          assertEquals(204, api().delete("/session", session.accessToken()).status());
          assertTrue(publisher.awaitEnd(SOON), "the publisher sees the end");
        },
        SOON);
  }

  private interface End {
    void of(RtcPublisher publisher, Api.Session session);
  }

  private void endsWith(End end, Duration limit) {
    awaitIdle(QUIET);
    Api.Session session = api().openSession();
    assertEquals(200, state(session, BOXES).status());
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.VP8);
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(30);
      assertEquals(2, metric("peers"), "the publisher and the viewer");
      end.of(publisher, session);
      awaitIdle(limit);
      assertTrue(viewer.awaitEnd(limit.plusSeconds(3)), "the viewer sees the end");
    }
  }

  private Api.Answer state(Api.Session session, String json) {
    return api().putJson("/session/state", session.accessToken(), json);
  }

  /** How well the boxes are drawn, from some picture on. */
  private static List<Double> boxes(List<RtpRecording.Unit> units, int from) {
    MovingScene scene = EncodedScene.scene();
    List<Double> found = new ArrayList<>();
    try (MediaDecoder decoder = MediaDecoder.vp8()) {
      for (int i = 0; i < units.size(); i++) {
        if (i < from || i % 6 != 0) {
          decoder.skip(units.get(i).data());
          continue;
        }
        BufferedImage picture = decoder.picture(units.get(i).data());
        assertEquals(EncodedScene.WIDTH, picture.getWidth());
        int number = SceneBoxes.likeliestFrame(scene, picture, 0, EncodedScene.FRAMES);
        found.addAll(SceneBoxes.drawn(scene.truthAt(number), picture));
      }
    }
    return found;
  }

  private static double shareDrawn(List<Double> boxes) {
    return (double) boxes.stream().filter(drawn -> drawn > 0.7).count() / boxes.size();
  }
}
