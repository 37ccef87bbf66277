package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;

/**
 * What a publisher sends by WHIP is encoded for viewers who cannot take it as it is, and only for
 * those: once for each rendition, from the first to the last of them.
 */
class WhipRenditionsIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String BOXES = "{\"layers\":[{\"name\":\"detect\"},{\"name\":\"boxes\"}]}";

  @Test
  void aViewerWithoutThePublishersCodecIsEncodedForAndTheOthersGetThePublishersOwn() {
    awaitIdle(LIMIT.multipliedBy(2));
    Api.Session session = api().openSession();
    RtpRecording recording = new RtpRecording();
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.VP8);
        RtcViewer own = RtcViewer.join(api(), session.stream(), session.accessToken(), recording)) {
      own.awaitVideoPackets(30);
      assertEquals(0, metric("native_codecs"), "nothing is decoded for who takes it as it is");
      try (RtcViewer first = join(session, RtcViewer.Format.H264);
          RtcViewer second = join(session, RtcViewer.Format.H264)) {
        first.awaitVideoPackets(60);
        second.awaitVideoPackets(60);
        assertEquals(Set.of("H264"), codecs(awaitEncodes(session, 1)));
        assertEquals(1, metric("encoders"), "one for both; sound is passed on");
        assertEquals(200, api().delete(first.location(), session.accessToken()).status());
        assertEquals(200, api().delete(second.location(), session.accessToken()).status());
      }
      awaitEncodes(session, 0);
      int before = recording.pictures().size();
      recording.await(before + 30, 30, LIMIT);
      assertEquals(0, metric("encoders"), "nobody needs one any more");
      assertTrue(publisher.keyframesAsked() > 0);
    }
    List<byte[]> sent = EncodedScene.in(Codec.VP8);
    for (RtpRecording.Unit unit : recording.pictures()) {
      assertTrue(
          sent.stream().anyMatch(one -> Arrays.equals(one, unit.data())),
          "bytes that are not of the publisher's own encoder");
    }
    awaitIdle(LIMIT);
  }

  /** As a browser without H264 does, when OBS sends that. */
  @Test
  void whatIsSentInH264CanBeWatchedInVp8() {
    Api.Session session = api().openSession();
    RtpRecording recording = new RtpRecording();
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.H264);
        RtcViewer own = join(session, RtcViewer.Format.H264);
        RtcViewer viewer =
            RtcViewer.join(api(), session.stream(), session.accessToken(), recording)) {
      recording.await(40, 40, LIMIT);
      own.awaitVideoPackets(60);
      assertEquals(Set.of("VP8"), codecs(awaitEncodes(session, 1)));
      try (MediaDecoder decoder = MediaDecoder.vp8()) {
        List<RtpRecording.Unit> pictures = recording.pictures();
        for (RtpRecording.Unit unit : pictures.subList(0, pictures.size() - 1)) {
          decoder.skip(unit.data());
        }
        var picture = decoder.picture(pictures.getLast().data());
        assertEquals(EncodedScene.WIDTH, picture.getWidth());
        assertEquals(EncodedScene.HEIGHT, picture.getHeight());
        int number =
            SceneBoxes.likeliestFrame(EncodedScene.scene(), picture, 0, EncodedScene.FRAMES);
        assertTrue(number >= 0, "the scene is in it");
      }
      assertTrue(publisher.reports() > 0 && viewer.videoPackets() > 0);
    }
  }

  @Test
  void withLayersEachCodecInUseIsEncodedOnce() {
    Api.Session session = api().openSession();
    assertEquals(200, api().putJson("/session/state", session.accessToken(), BOXES).status());
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.VP8);
        RtcViewer vp8 = join(session, RtcViewer.Format.VP8);
        RtcViewer another = join(session, RtcViewer.Format.VP8);
        RtcViewer h264 = join(session, RtcViewer.Format.H264)) {
      for (RtcViewer viewer : List.of(vp8, another, h264)) {
        viewer.awaitVideoPackets(30);
      }
      assertEquals(Set.of("VP8", "H264"), codecs(awaitEncodes(session, 2)));
      assertEquals(200, api().delete(h264.location(), session.accessToken()).status());
      assertEquals(Set.of("VP8"), codecs(awaitEncodes(session, 1)));
      assertTrue(publisher.reports() > 0);
    }
  }

  private RtcViewer join(Api.Session session, RtcViewer.Format format) {
    return RtcViewer.join(api(), session.stream(), session.accessToken(), format);
  }

  private static Set<String> codecs(JsonArray encodes) {
    return encodes.getValuesAs(JsonObject.class).stream()
        .map(encode -> encode.getString("codec"))
        .collect(Collectors.toSet());
  }

  private JsonArray awaitEncodes(Api.Session session, int count) {
    return api()
        .await(
            () -> api().get("/streams/" + session.stream() + "/stats", session.accessToken()),
            answer -> answer.json().getJsonArray("encodes").size() == count,
            LIMIT)
        .json()
        .getJsonArray("encodes");
  }
}
