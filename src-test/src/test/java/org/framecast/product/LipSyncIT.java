package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sound and picture are played in step, within what people do not notice. A busy machine moves
 * single readings of a browser by more than that, so the median of ten seconds counts, and {@code
 * bin/bench lipsync} runs it on a machine that has nothing else to do.
 */
@Tag("bench")
class LipSyncIT extends ProductTest {
  private static final System.Logger LOG = System.getLogger(LipSyncIT.class.getName());

  /** ITU-R BT.1359: sound that is 45 ms ahead is noticed. */
  private static final int LIMIT_MS = 45;

  private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(160);

  /** Chromium takes ten seconds and more to come into step, and leaves up to 30 ms. */
  private static final int DEADLINE_SECONDS = 75;

  /** So long it must stay in step once it came into it. */
  private static final int STAYS_SECONDS = 20;

  @Test
  void aFlashAndABeepOfOneMomentHaveOneTime() {
    Api.Session session = api().openSession();
    RtpRecording recording = new RtpRecording();
    // The first 120 ms of the sound are held up, as by a page that is busy with its start.
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Clapper clapper = Clapper.start(socket, 3);
        RtcViewer viewer =
            RtcViewer.joinAndHear(api(), session.stream(), session.accessToken(), recording)) {
      viewer.awaitVideoPackets(1);
      recording.await(7 * Clapper.PICTURES_PER_CLAP, 350, Duration.ofSeconds(18));
    }
    List<Long> flashes = flashes(recording);
    List<Long> beeps = beeps(recording);
    double[] apart =
        flashes.stream()
            .flatMapToDouble(
                flash ->
                    beeps.stream()
                        .mapToDouble(beep -> (beep - flash) / 1e6)
                        .filter(millis -> Math.abs(millis) < 450))
            .sorted()
            .toArray();
    assertTrue(apart.length >= 5, flashes + " " + beeps);
    double median = apart[apart.length / 2];
    assertTrue(
        Math.abs(median) <= LIMIT_MS, "beeps after flashes by ms: " + Arrays.toString(apart));
  }

  /** When pictures turned bright. */
  private static List<Long> flashes(RtpRecording recording) {
    List<Long> found = new ArrayList<>();
    boolean bright = true;
    try (MediaDecoder decoder = MediaDecoder.vp8()) {
      for (RtpRecording.Unit unit : recording.pictures()) {
        boolean now = (decoder.picture(unit.data()).getRGB(80, 45) & 0xff) > 128;
        if (now && !bright) {
          found.add(recording.pictureNanos(unit));
        }
        bright = now;
      }
    }
    return found;
  }

  /** When the tone began. */
  private static List<Long> beeps(RtpRecording recording) {
    List<Long> found = new ArrayList<>();
    // Samples since it was last heard.
    int quiet = 0;
    try (MediaDecoder decoder = MediaDecoder.opus()) {
      for (RtpRecording.Unit unit : recording.sounds()) {
        float[] samples = decoder.sound(unit.data());
        for (int i = 0; i < samples.length; i++) {
          quiet++;
          if (Math.abs(samples[i]) > 0.2) {
            if (quiet > 9_600) {
              found.add(recording.soundNanos(unit) + i * 1_000_000_000L / 48_000);
            }
            quiet = 0;
          }
        }
      }
    }
    return found;
  }

  @Test
  void theDemoIsInStep() {
    assertInStep("--stream=demo");
  }

  @Test
  void aWebSocketPublishersStreamIsInStep() {
    assertInStep("--publish=studio", "--layers=boxes");
  }

  @Test
  void aWhipPublishersStreamIsInStepWhenItIsPassedOn() {
    assertInStep("--publish=whip");
  }

  @Test
  void aWhipPublishersStreamIsInStepWhenItIsEncodedAnew() {
    assertInStep("--publish=whip", "--layers=boxes");
  }

  private static void assertInStep(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--base=" + Product.http());
    all.add("--seconds=10");
    all.add("--readings=30");
    all.add("--within=" + LIMIT_MS);
    all.add("--deadline=" + DEADLINE_SECONDS);
    all.add("--stays=" + STAYS_SECONDS);
    LOG.log(
        System.Logger.Level.INFO,
        "in step: " + arguments[0] + " " + Browser.run("lip-sync.mjs", SCRIPT_LIMIT, all));
  }
}
