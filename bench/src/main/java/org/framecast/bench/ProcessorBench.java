package org.framecast.bench;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.inference.DetectionSettings;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.inference.ModelFile;
import org.framecast.stream.inference.ModelManifest;
import org.framecast.stream.inference.ModelRun;
import org.framecast.stream.inference.ModelRuntime;
import org.framecast.stream.inference.ModelSession;
import org.framecast.stream.inference.SessionSettings;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.pipeline.FrameProcessor;
import org.framecast.stream.pipeline.FrameSink;
import org.framecast.stream.pipeline.FrameTicket;
import org.framecast.stream.pipeline.LoopContext;
import org.framecast.stream.pipeline.ProcessorSettings;
import org.framecast.stream.source.scene.MovingScene;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * Decoded 720p frames through {@link FrameProcessor} with the detector, results in order, against
 * as many bare ONNX Runtime threads that run the same model on a tensor that is ready and do
 * nothing else. Rounds alternate; the median of their ratios counts.
 */
public final class ProcessorBench {
  private static final int PICTURES = 16;
  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("bench-", 0).factory();

  private final ModelSession session;
  private final int workers;
  private final int frames;
  private final List<VideoFrame> pictures = new ArrayList<>();

  private ProcessorBench(ModelSession session, int workers, int frames) {
    this.session = session;
    this.workers = workers;
    this.frames = frames;
  }

  /** Runs the benchmark; exits with 1 when the goal is missed. */
  public static void main(String[] arguments) throws InterruptedException {
    BenchOptions options =
        new BenchOptions("processor: ordered frames with the detector against bare model threads")
            .option("workers", "2", "threads on each side")
            .option("frames", "1500", "frames in each round")
            .option("rounds", "7", "alternating rounds, after one that does not count")
            .option("model", "detector-320", "name in models/manifest.json")
            .option("goal", "0.95", "smallest ratio of frames a second")
            .parse(arguments);
    int workers = options.number("workers");
    Path models = Path.of(System.getProperty("framecast.root", ".")).resolve("models");
    ModelFile model = ModelManifest.read(models).find(options.text("model")).orElseThrow();
    ModelRuntime runtime = ServiceLoader.load(ModelRuntime.class).findFirst().orElseThrow();
    double ratio;
    try (ModelSession session = runtime.open(model, SessionSettings.cpu(2 * workers));
        FramePool pool = FramePool.open("bench", PICTURES)) {
      ProcessorBench bench = new ProcessorBench(session, workers, options.number("frames"));
      bench.paint(pool);
      ratio = bench.measure(options.number("rounds"));
      bench.pictures.forEach(VideoFrame::close);
    }
    boolean met = ratio >= options.decimal("goal");
    print(
        "processor: %.3f of bare threads (goal %s): %s%n",
        ratio, options.text("goal"), met ? "met" : "MISSED");
    System.exit(met ? 0 : 1);
  }

  private void paint(FramePool pool) {
    MovingScene scene = new MovingScene(1280, 720, 3, PICTURES);
    for (int i = 0; i < PICTURES; i++) {
      VideoFrame frame = pool.acquire(FrameShape.i420(1280, 720));
      scene.render(i, frame);
      pictures.add(frame);
    }
  }

  private double measure(int rounds) throws InterruptedException {
    List<Double> ratios = new ArrayList<>();
    try (Detector detector = Detector.of(session)) {
      bare();
      processed(detector);
      for (int i = 0; i < rounds; i++) {
        boolean first = i % 2 == 0;
        double ours = first ? processed(detector) : 0;
        double peer = bare();
        ours = first ? ours : processed(detector);
        ratios.add(ours / peer);
        print("round %d: ours %.1f frames/s, bare %.1f: %.3f%n", i + 1, ours, peer, ours / peer);
      }
    }
    return ratios.stream().sorted().toList().get(ratios.size() / 2);
  }

  /** Frames a second of threads that only run the model. */
  private double bare() throws InterruptedException {
    AtomicLong left = new AtomicLong(frames);
    CountDownLatch done = new CountDownLatch(workers);
    List<ModelRun> runs = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      ModelRun run = session.openRun();
      run.input().asSlice(0, run.input().byteSize()).fill((byte) 0);
      run.input().setAtIndex(ValueLayout.JAVA_FLOAT, 0, 0.5f);
      runs.add(run);
    }
    long start = System.nanoTime();
    for (ModelRun run : runs) {
      THREADS
          .newThread(
              () -> {
                while (left.getAndDecrement() > 0) {
                  run.run();
                }
                done.countDown();
              })
          .start();
    }
    done.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    runs.forEach(ModelRun::close);
    return frames / seconds;
  }

  /** Frames a second through the processor, from the first accepted to the last handed over. */
  private double processed(Detector detector) throws InterruptedException {
    InOrder sink = new InOrder();
    AtomicLong next = new AtomicLong();
    DetectionSettings settings = DetectionSettings.usual();
    FrameProcessor<TimestampedFrame, DetectionSettings, TimestampedFrame> processor =
        new FrameProcessor<>(
            new LoopContext(THREADS, MediaClock.system(), StageRecorder.none()),
            ProcessorSettings.of("bench", workers, 2 * workers),
            () -> feed(next),
            () ->
                (frame, chosen, ticket) -> {
                  frame.detections(detector.detect(frame.pixels(), chosen));
                  return frame;
                },
            sink);
    long start = System.nanoTime();
    processor.start(settings);
    if (!processor.awaitEnd(Duration.ofMinutes(5))) {
      throw new IllegalStateException("the processor hangs");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (sink.delivered != frames || sink.found == 0) {
      throw new IllegalStateException(sink.delivered + " results, " + sink.found + " things found");
    }
    return frames / seconds;
  }

  private @Nullable TimestampedFrame feed(AtomicLong next) {
    long number = next.getAndIncrement();
    if (number >= frames) {
      return null;
    }
    VideoFrame picture = pictures.get((int) (number % PICTURES)).hold();
    return new TimestampedFrame(picture, "bench", number, System.nanoTime());
  }

  /** Holds the results to their order. */
  private static final class InOrder implements FrameSink<TimestampedFrame> {
    private long delivered;
    private long found;

    @Override
    public void deliver(TimestampedFrame result, FrameTicket ticket) {
      try (result) {
        if (result.frameNumber() != delivered++) {
          throw new IllegalStateException("out of order: " + result.frameNumber());
        }
        List<?> things = result.detections();
        found += things == null ? 0 : things.size();
      }
    }
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
