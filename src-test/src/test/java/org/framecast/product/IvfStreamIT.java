package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The configured stream that is written to a FIFO as IVF. */
class IvfStreamIT extends ProductTest {
  private static final Path FIFO = Product.root().resolve("src-test/target/it.ivf");
  private static final int FRAME_BYTES = 3_000;
  private static final long STEP_NANOS = 33_333_333;

  @BeforeEach
  void makeTheFifo() throws Exception {
    Files.deleteIfExists(FIFO);
    assertEquals(0, new ProcessBuilder("mkfifo", FIFO.toString()).start().waitFor());
  }

  @AfterEach
  void removeTheFifo() throws IOException {
    awaitMetric("streams_live", n -> n == 0, Duration.ofSeconds(30));
    Files.deleteIfExists(FIFO);
  }

  private static ByteBuffer header() {
    ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    header.put("DKIF".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0);
    header.putShort((short) 32).put("VP80".getBytes(StandardCharsets.US_ASCII));
    header.putShort((short) 64).putShort((short) 48).putInt(30).putInt(1).putInt(0).putInt(0);
    return header;
  }

  /** A frame that begins as a keyframe of VP8 does: nothing on the way looks further. */
  private static ByteBuffer frame(int number) {
    ByteBuffer frame = ByteBuffer.allocate(12 + FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(FRAME_BYTES).putLong(number);
    frame.put(new byte[] {0x10, 0, 0, (byte) 0x9D, 0x01, 0x2A, 64, 0, 48, 0});
    return frame;
  }

  private static void write(int frames, OutputStream fifo) throws IOException {
    fifo.write(header().array());
    for (int i = 0; i < frames; i++) {
      fifo.write(frame(i).array());
      fifo.flush();
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  @Test
  void viewersSeeWhatAWriterWritesAndWhatTheNextOneWritesAfterABreak() throws IOException {
    Api.Session session = api().openSession();
    long encoders = metric("encoders_opened");
    try (RtcViewer viewer = RtcViewer.join(api(), "it-ivf", session.accessToken())) {
      try (OutputStream fifo = Files.newOutputStream(FIFO)) {
        write(60, fifo);
        fifo.write(frame(60).array(), 0, 1_000);
      }
      viewer.awaitVideoPackets(100);
      Api.Answer stats =
          api()
              .await(
                  () -> api().get("/streams/it-ivf/stats", session.accessToken()),
                  answer -> answer.json().getJsonObject("dropped").getInt("error") == 1,
                  Duration.ofSeconds(30));
      assertEquals(60, stats.json().getInt("frames_out"), "every whole frame");
      assertEquals(64, stats.json().getInt("width"));
      int before = viewer.videoPackets();
      try (OutputStream fifo = Files.newOutputStream(FIFO)) {
        write(60, fifo);
      }
      viewer.awaitVideoPackets(before + 100);
      assertEquals(encoders, metric("encoders_opened"), "nothing was encoded");
      assertTrue(viewer.videoPackets() > 0);
    }
  }
}
