package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.source.scene.MovingScene;
import org.junit.jupiter.api.Test;

/** The streams to look at without a camera: started by the first viewer, stopped after the last. */
class DemoIT extends ProductTest {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final int LOOP_FRAMES = 360;

  /** By then the encoder has found its quality. */
  private static final int FIRST_LOOK = 20;

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
    awaitMetric("streams_live", n -> n == 0, Duration.ofSeconds(30));
    try (RtcViewer viewer = RtcViewer.join(api(), stream, session.accessToken())) {
      viewer.awaitVideoPackets(60);
      viewer.awaitAudioPackets(60);
      assertEquals(1, metric("streams_live"));
    }
    awaitMetric("streams_live", n -> n == 0, Duration.ofSeconds(30));
    awaitMetric("encoders", n -> n == 0, Duration.ofSeconds(10));
    awaitMetric("peers", n -> n == 0, Duration.ofSeconds(10));
  }

  @Test
  void demoCarriesBoxesWhereTheObjectsAre() {
    RtpRecording recording = record("demo", 60, 100);
    List<RtpRecording.Unit> units = recording.pictures();
    MovingScene scene = new MovingScene(WIDTH, HEIGHT, 1, LOOP_FRAMES);
    List<Double> boxes = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    try (MediaDecoder decoder = MediaDecoder.vp8()) {
      int first = -1;
      for (int i = 0; i < units.size(); i++) {
        if (i < FIRST_LOOK || i % 10 != 0) {
          decoder.skip(units.get(i).data());
          continue;
        }
        BufferedImage picture = decoder.picture(units.get(i).data());
        if (first < 0) {
          first = SceneBoxes.likeliestFrame(scene, picture, 0, LOOP_FRAMES);
        }
        assertEquals(WIDTH, picture.getWidth());
        assertEquals(HEIGHT, picture.getHeight());
        // The scene moves as the packets' time says: 90,000 ticks a second, 30 frames.
        long ticks = units.get(i).timestamp() - units.get(FIRST_LOOK).timestamp();
        int expected = first + (int) Math.round((int) ticks / 3000.0);
        int number = SceneBoxes.likeliestFrame(scene, picture, expected - 4, expected + 5);
        boxes.addAll(SceneBoxes.drawn(scene.truthAt(number), picture));
        without.addAll(SceneBoxes.drawn(scene.truthAt(number), plain(scene, number)));
      }
    }
    assertTrue(boxes.size() >= 24, boxes.size() + " objects");
    assertTrue(shareDrawn(boxes) >= 0.9, () -> "boxes are missing: " + boxes);
    assertTrue(shareDrawn(without) <= 0.1, () -> "the scene looks like boxes: " + without);
    assertTone(recording, 440);
  }

  private static double shareDrawn(List<Double> boxes) {
    return (double) boxes.stream().filter(drawn -> drawn > 0.7).count() / boxes.size();
  }

  private static BufferedImage plain(MovingScene scene, int number) {
    scene.render(number);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, WIDTH, HEIGHT, scene.pixels(), 0, WIDTH);
    return image;
  }

  @Test
  void theRawClipIsWhatItIsSaidToBe() {
    RtpRecording recording = record("demo-raw", 170, 260);
    List<RtpRecording.Unit> pictures = recording.pictures();
    try (MediaDecoder decoder = MediaDecoder.vp8()) {
      BufferedImage picture = decoder.picture(pictures.getFirst().data());
      assertEquals(1280, picture.getWidth());
      assertEquals(720, picture.getHeight());
    }
    long ticks = pictures.getLast().timestamp() - pictures.getFirst().timestamp();
    double seconds = ticks / 90_000.0;
    assertTrue(seconds >= 5, seconds + " s");
    assertEquals(30, (pictures.size() - 1) / seconds, 0.5);
    long bits = pictures.stream().skip(1).mapToLong(unit -> 8L * unit.data().length).sum();
    assertEquals(1_500_000, bits / seconds, 300_000);
    assertTone(recording, 400);
  }

  private RtpRecording record(String stream, int pictures, int sounds) {
    Api.Session session = api().openSession();
    RtpRecording recording = new RtpRecording();
    try (RtcViewer viewer = RtcViewer.join(api(), stream, session.accessToken(), recording)) {
      recording.await(pictures, sounds, Duration.ofSeconds(30));
    }
    return recording;
  }

  /** Most of what is heard is one tone, in blocks of 20 ms. */
  private static void assertTone(RtpRecording recording, double hertz) {
    List<RtpRecording.Unit> sounds = recording.sounds();
    double all = 0;
    double ofTone = 0;
    int samples = 0;
    try (MediaDecoder decoder = MediaDecoder.opus()) {
      for (RtpRecording.Unit unit : sounds.subList(0, 50)) {
        float[] left = decoder.sound(unit.data());
        assertEquals(960, left.length);
        double cosine = 0;
        double sine = 0;
        for (int i = 0; i < left.length; i++) {
          double angle = 2 * Math.PI * hertz * i / 48_000;
          cosine += left[i] * Math.cos(angle);
          sine += left[i] * Math.sin(angle);
          all += left[i] * left[i];
        }
        ofTone += 2 * (cosine * cosine + sine * sine) / left.length;
        samples += left.length;
      }
    }
    double share = ofTone / all;
    assertTrue(all / samples > 1e-4, "silence");
    assertTrue(share > 0.8, share + " of the sound is the tone");
  }

  @Test
  void theRawClipIsNotEncodedAgain() {
    awaitMetric("encoders", n -> n == 0, Duration.ofSeconds(30));
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
