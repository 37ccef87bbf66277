package org.framecast.bench;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.framecast.stream.compositor.DefaultCompositor;
import org.framecast.stream.flow.Composition;
import org.framecast.stream.flow.Visual;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/**
 * Two full-frame layers with alpha over video, on one thread, against FFmpeg's {@code overlay}
 * filter on the same frames: once with layers that stay, and once with layers that are new with
 * every frame. Nothing of the layers is wholly transparent or opaque, so nothing is skipped. The
 * CPU time of the thread is measured, rounds alternate, and the median counts.
 */
public final class CompositorBench {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int LAYERS = 2;
  private static final int SEED = 11;
  private static final int BYTE_VALUES = 256;

  private CompositorBench() {}

  /** Runs the benchmark; exits with 1 when the goal is missed. */
  public static void main(String[] arguments) throws IOException {
    BenchOptions options =
        new BenchOptions("compositor: two full-frame layers over video, beside FFmpeg's overlay")
            .option("size", "1920x1080", "picture")
            .option("frames", "200", "frames in each round")
            .option("rounds", "9", "rounds of each side, in turn")
            .option("goal", "120", "frames a second on one core, with layers that stay")
            .parse(arguments);
    print("load of the machine before: %s%n", load());
    String[] size = options.text("size").split("x", 2);
    int width = Integer.parseInt(size[0]);
    int height = Integer.parseInt(size[1]);
    double stays = 0;
    try (FramePool pool = FramePool.open("compositor bench", 16);
        VideoFrame video = noise(pool, FrameShape.i420(width, height));
        VideoFrame one = noise(pool, new FrameShape(PixelFormat.RGBA, width, height));
        VideoFrame two = noise(pool, new FrameShape(PixelFormat.RGBA, width, height))) {
      stays = compare(pool, video, List.of(one, two), false, options);
      compare(pool, video, List.of(one, two), true, options);
    }
    print("load of the machine after: %s%n", load());
    boolean met = stays >= options.decimal("goal");
    print("goal: at least %s frames/s: %s%n", options.text("goal"), met ? "MET" : "MISSED");
    System.exit(met ? 0 : 1);
  }

  /** A soft picture with an alpha from 1 to 254. */
  private static VideoFrame noise(FramePool pool, FrameShape shape) {
    VideoFrame frame = pool.acquire(shape);
    Random random = new Random(SEED);
    int phase = random.nextInt(BYTE_VALUES);
    for (int p = 0; p < shape.format().planes(); p++) {
      for (int y = 0; y < shape.rows(p); y++) {
        for (int x = 0; x < shape.rowBytes(p); x++) {
          int value = 16 + (x / 8 + y / 4 + phase + random.nextInt(8)) % 200;
          frame.plane(p).set(ValueLayout.JAVA_BYTE, (long) y * frame.stride(p) + x, (byte) value);
        }
      }
    }
    return frame;
  }

  /** A picture that stays, or one that may be new with every frame. */
  private record Given(VideoFrame picture, boolean live) implements VisualSource {
    @Override
    public Object version(TimestampedFrame frame) {
      return live ? LIVE : this;
    }

    @Override
    public VideoFrame picture(TimestampedFrame frame) {
      return picture.hold();
    }
  }

  private static double compare(
      FramePool pool,
      VideoFrame video,
      List<VideoFrame> layers,
      boolean live,
      BenchOptions options) {
    int frames = options.number("frames");
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (FilterPeer peer = new FilterPeer(video, layers, live);
        TimestampedFrame frame = new TimestampedFrame(pool.acquire(video.shape()), "bench", 0, 0)) {
      DefaultCompositor compositor = new DefaultCompositor(composition(layers, live), pool);
      Runnable restore = () -> frame.pixels().copyFrom(video);
      Runnable compose = () -> compositor.process(frame);
      measure(frames, restore, compose);
      measure(frames, restore, compose);
      measure(frames / 4 + 1, peer::restore, peer::compose);
      double[] difference = peer.differenceFrom(frame.pixels());
      for (int i = 0; i < options.number("rounds"); i++) {
        ours.add(measure(frames, restore, compose));
        theirs.add(measure(frames, peer::restore, peer::compose));
      }
      report(live, ours, theirs, difference);
    }
    return Median.of(ours);
  }

  private static Composition composition(List<VideoFrame> layers, boolean live) {
    Visual[] visuals = new Visual[LAYERS];
    for (int i = 0; i < LAYERS; i++) {
      visuals[i] = Visual.of("layer " + i, new Given(layers.get(i), live));
    }
    return Composition.over(visuals);
  }

  /** Frames a second of this thread's CPU time; what restores the picture is left out. */
  private static double measure(int frames, Runnable restore, Runnable compose) {
    long nanos = 0;
    for (int i = 0; i < frames; i++) {
      restore.run();
      long start = THREADS.getCurrentThreadCpuTime();
      compose.run();
      nanos += THREADS.getCurrentThreadCpuTime() - start;
    }
    return frames * 1e9 / nanos;
  }

  private static void report(
      boolean live, List<Double> ours, List<Double> theirs, double[] difference) {
    print(
        "%s: ours %s frames/s; FFmpeg's overlay %s; %.2f x; the pictures differ by %.0f at most,"
            + " %.2f in the mean%n",
        live ? "new layers with every frame, RGBA" : "layers that stay",
        spread(ours),
        spread(theirs),
        Median.of(ours) / Median.of(theirs),
        difference[0],
        difference[1]);
  }

  private static String spread(List<Double> values) {
    return String.format(
        Locale.ROOT,
        "%.0f (%.0f to %.0f)",
        Median.of(values),
        values.stream().min(Double::compare).orElseThrow(),
        values.stream().max(Double::compare).orElseThrow());
  }

  private static String load() throws IOException {
    String[] words =
        java.nio.file.Files.readString(java.nio.file.Path.of("/proc/loadavg")).split(" ");
    return words[0] + " over a minute, " + Runtime.getRuntime().availableProcessors() + " cores";
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
