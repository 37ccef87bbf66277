package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees and does in the studio and on the watch page, in a real browser. */
class StudioIT extends ProductTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void beforeAndAfterLieSideBySideAndSlidersActLive(@TempDir Path folder) throws IOException {
    CameraClip clip = CameraClip.render(folder);
    Browser.run(
        "before-after.mjs",
        LIMIT,
        List.of(
            "--base=" + Product.http(),
            "--camera=" + clip.video(),
            "--truth=" + clip.truth(),
            "--palette=" + CameraClip.palette()));
  }

  @Test
  void numbersAndChartFollowWhatCanBeCounted() {
    Browser.run("live-numbers.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void whatTheCardForObsShowsIsEnoughToPublish() {
    Browser.run("obs-card.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void keyboardLinkAndSoundAreAtHand() {
    Browser.run("share-and-listen.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void theStudioRecordsAndPlaysWhatItRecorded(@TempDir Path folder) {
    JsonObject done =
        Browser.run(
            "record.mjs",
            Duration.ofSeconds(90),
            List.of("--base=" + Product.http(), "--out=" + folder));
    Probe file = Probe.of(Path.of(done.getString("file")));
    assertEquals("640x360", file.size());
    assertTrue(file.pictures() > 30, file.toString());
    assertTrue(file.soundSeconds() > 1, file.toString());
  }

  @Test
  void theNextTabGoesOnAndOneAtATimeDoes() {
    Browser.run("tabs.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void whoLeavesIsAskedAndEndsTheStream() {
    Browser.run("leave.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void aStreamIsBuiltByClicking() {
    Browser.run("build-stream.mjs", Duration.ofSeconds(150), List.of("--base=" + Product.http()));
  }

  @Test
  void aSharedTabIsWhatTheViewersSee() {
    Browser.run("share-screen.mjs", LIMIT, List.of("--base=" + Product.http()));
  }

  @Test
  void theTestSceneIsStartedAndWatchedOnAPhone() {
    Browser.run("on-a-phone.mjs", LIMIT, List.of("--base=" + Product.http()));
  }
}
