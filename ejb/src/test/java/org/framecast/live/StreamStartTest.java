package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.framecast.config.CodedStream;
import org.framecast.config.ServerConfig;
import org.framecast.stream.media.Codec;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.webrtc.SenderPool;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that cannot be started, whichever step fails, leaves nothing behind. */
class StreamStartTest {
  private static final ServerConfig CONFIG =
      ServerConfig.read(key -> Optional.empty(), Path.of("data"));
  private static final StreamFormats PUBLISHED =
      new StreamFormats(
          List.of(MediaFormat.of(Codec.VP8)), Optional.of(MediaFormat.of(Codec.OPUS)));
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Thread tester = Thread.currentThread();
  private final List<Thread> threads = new ArrayList<>();
  private final SenderPool senders = SenderPool.open(2, Thread.ofPlatform().daemon().factory());
  private final StreamParts parts = parts(CONFIG.processing());
  private int step;
  private int failingStep;

  @AfterEach
  void close() {
    senders.close();
  }

  private StreamParts parts(ServerConfig.Processing processing) {
    ServerConfig config =
        new ServerConfig(
            CONFIG.sessions(),
            CONFIG.ingest(),
            processing,
            CONFIG.video(),
            CONFIG.webRtc(),
            CONFIG.whip(),
            CONFIG.pairing(),
            CONFIG.bodies(),
            CONFIG.folders(),
            CONFIG.codedStreams(),
            CONFIG.documents(),
            CONFIG.recordings(),
            CONFIG.hls(),
            CONFIG.readerLimits(),
            CONFIG.previews(),
            CONFIG.demoLinger(),
            CONFIG.httpHosts(),
            CONFIG.corsOrigins());
    return new StreamParts(
        config,
        new NoCodecs(),
        this::thread,
        this::nanos,
        this::wallClock,
        new VideoCodecs(config, new CountedCodecs(new NoCodecs()), () -> 0),
        senders);
  }

  private interface Start {
    AutoCloseable start();
  }

  /** Counts what the stream needs from outside while it is made, and fails once. */
  private void step() {
    if (Thread.currentThread() == tester && step++ == failingStep) {
      throw new IllegalStateException("step " + failingStep);
    }
  }

  private long nanos() {
    step();
    return MediaClock.system().nanos();
  }

  private Instant wallClock() {
    step();
    return WallClock.system().instant();
  }

  private Thread thread(Runnable role) {
    step();
    Thread thread =
        new Thread(role) {
          @Override
          public void start() {
            step();
            super.start();
          }
        };
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  @Test
  void videoStream() throws Exception {
    failsAtEachStep(6, () -> VideoStream.start("v", parts, ChainMaker.none(), code -> {}));
  }

  @Test
  void whipStream() throws Exception {
    failsAtEachStep(10, () -> started(parts));
  }

  @Test
  void imageStream() throws Exception {
    failsAtEachStep(
        4,
        () -> ImageStream.start("i", parts, ChainMaker.none(), new RecordedChannel(), code -> {}));
  }

  @Test
  void ivfStream(@TempDir Path folder) throws Exception {
    CodedStream coded =
        new CodedStream(
            "gate", Codec.VP8, new CodedStream.Input.OfPath(folder.resolve("none.ivf")));
    failsAtEachStep(
        3,
        () -> {
          IvfStream stream = new IvfStream(coded, parts);
          stream.demand();
          return stream;
        });
  }

  /** The pipeline is built after the fan-out: with no worker, and with a queue of no frame. */
  @Test
  void whatCannotBeBuiltIsClosedAsFarAsItWas() {
    for (ServerConfig.Processing impossible :
        List.of(
            new ServerConfig.Processing(0, 0, 1, Duration.ofSeconds(2), 1 << 20),
            new ServerConfig.Processing(1, 1, 0, Duration.ofSeconds(2), 1 << 20))) {
      StreamParts broken = parts(impossible);
      failingStep = Integer.MAX_VALUE;
      assertThrows(
          IllegalArgumentException.class,
          () -> VideoStream.start("v", broken, ChainMaker.none(), code -> {}));
      assertEquals(0, senders.streams(), "fan-outs of a video stream with " + impossible);
      assertThrows(IllegalArgumentException.class, () -> started(broken));
      assertEquals(0, senders.streams(), "fan-outs of a WHIP stream with " + impossible);
    }
  }

  private void failsAtEachStep(int least, Start start) throws Exception {
    for (failingStep = 0; ; failingStep++) {
      step = 0;
      threads.clear();
      try {
        AutoCloseable whole = start.start();
        assertTrue(failingStep >= least, "only " + failingStep + " steps can fail");
        whole.close();
        nothingIsLeft();
        return;
      } catch (IllegalStateException e) {
        assertEquals("step " + failingStep, e.getMessage());
        assertEquals(0, e.getSuppressed().length, () -> "closing: " + e.getSuppressed()[0]);
        nothingIsLeft();
      }
    }
  }

  private void nothingIsLeft() throws InterruptedException {
    assertEquals(0, senders.streams(), "fan-outs after step " + failingStep);
    for (Thread thread : threads) {
      boolean ended = thread.getState() == Thread.State.NEW || thread.join(LIMIT);
      assertTrue(ended, thread.getName() + " still runs after step " + failingStep);
    }
  }

  private static CodedLiveStream started(StreamParts parts) {
    return CodedLiveStream.start(
        "w",
        parts,
        CodedLiveStream.Origin.publisher(parts, PUBLISHED, () -> {}),
        ChainMaker.none(),
        code -> {});
  }
}
