package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program {@code ffmpeg} publishes by WHIP. Its connectivity checks name no role, and it
 * answers none of the server's once it sends: with {@code framecast.test.ffmpeg-seconds} over 30
 * the test shows that it may go on all the same.
 */
class FfmpegPublisherIT extends ProductTest {
  private static final int SECONDS = Integer.getInteger("framecast.test.ffmpeg-seconds", 1);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  @TempDir Path folder;

  @Test
  void itsPicturesAndItsSoundReachAViewer() throws Exception {
    Api.Session session = api().openSession();
    RtpRecording recording = new RtpRecording();
    Process ffmpeg = publish(session);
    try {
      awaitPublished();
      try (RtcViewer viewer =
          RtcViewer.join(api(), session.stream(), session.accessToken(), recording)) {
        recording.await(30 + 20 * SECONDS, 40 * SECONDS, LIMIT.plusSeconds(SECONDS));
        isRed(recording.pictures());
        assertTrue(viewer.videoPackets() > 0);
        assertTrue(ffmpeg.isAlive(), this::said);
      }
      ffmpeg.destroy();
      assertTrue(ffmpeg.waitFor(10, TimeUnit.SECONDS), "it ends when it is told to");
      awaitMetric("publishers", n -> n == 0, LIMIT);
    } finally {
      ffmpeg.destroyForcibly();
    }
    assertTrue(said().contains("Dispose resource"), this::said);
  }

  /** It says so itself once its handshake is done. */
  private void awaitPublished() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!said().contains("Muxer state")) {
      assertTrue(System.nanoTime() < deadline, this::said);
      LockSupport.parkNanos(50_000_000L);
    }
  }

  /** Red pictures and a tone, in H264 and Opus. */
  private Process publish(Api.Session session) throws IOException {
    String program = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
    ProcessBuilder builder =
        new ProcessBuilder(
            program,
            "-hide_banner",
            "-nostdin",
            "-re",
            "-f",
            "lavfi",
            "-i",
            "color=red:size=" + WIDTH + "x" + HEIGHT + ":rate=25",
            "-re",
            "-f",
            "lavfi",
            "-i",
            "sine=sample_rate=48000",
            "-c:v",
            "libopenh264",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "25",
            "-c:a",
            "libopus",
            "-ac",
            "2",
            "-strict",
            "experimental",
            "-handshake_timeout",
            "15000",
            "-f",
            "whip",
            "-authorization",
            session.accessToken(),
            Product.http() + "/whip/" + session.stream());
    // The program's libraries lie beside it, and not all of them say so.
    builder.environment().put("LD_LIBRARY_PATH", Path.of(program).resolveSibling("").toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("ffmpeg.log").toFile())
        .start();
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("ffmpeg.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void isRed(List<RtpRecording.Unit> pictures) {
    try (MediaDecoder decoder = MediaDecoder.vp8()) {
      for (RtpRecording.Unit unit : pictures.subList(0, pictures.size() - 1)) {
        decoder.skip(unit.data());
      }
      BufferedImage picture = decoder.picture(pictures.getLast().data());
      assertEquals(WIDTH, picture.getWidth());
      assertEquals(HEIGHT, picture.getHeight());
      int colour = picture.getRGB(WIDTH / 2, HEIGHT / 2);
      int red = colour >> 16 & 0xFF;
      int others = Math.max(colour >> 8 & 0xFF, colour & 0xFF);
      assertTrue(red > 200 && others < 50, Integer.toHexString(colour));
    }
  }
}
