package org.framecast.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.pipeline.Stream;
import org.framecast.stream.sink.FileSink;
import org.framecast.stream.sink.FileSinkSettings;
import org.framecast.stream.sink.SinkTools;
import org.framecast.stream.sink.WhenBehind;
import org.framecast.stream.source.FileOptions;
import org.framecast.stream.source.FileOptions.Pace;
import org.framecast.stream.source.FileSource;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * Our side of {@link TranscodeBench}, in a JVM of its own: a file, a layer that does nothing, and a
 * file sink, tied together as anybody does.
 */
final class TranscodeRun {
  private static final Duration LIMIT = Duration.ofHours(12);

  private TranscodeRun() {}

  /**
   * The forked program.
   *
   * @param arguments input, output, bit/s, pictures of a round, rounds; with more than one it
   *     prints its heap after each
   */
  public static void main(String[] arguments) throws InterruptedException {
    int frames = Integer.parseInt(arguments[3]);
    int rounds = Integer.parseInt(arguments[4]);
    MediaCodecs codecs = ServiceLoader.load(MediaCodecs.class).findFirst().orElseThrow();
    try (FramePool pool = FramePool.open("bench frames", 32);
        BufferPool buffers = BufferPool.open("bench units", 64L << 20)) {
      PipelineResources resources =
          new PipelineResources(codecs, pool, buffers, Thread::new, MediaClock.system());
      FileSource file =
          new FileSource(
              codecs.openReader(MediaReaderSettings.of(Path.of(arguments[0])), pool, buffers),
              FileOptions.of("", Pace.AS_FAST_AS_POSSIBLE).times(rounds),
              MediaClock.system());
      FileSink sink =
          new FileSink(
              settings(Path.of(arguments[1]), Integer.parseInt(arguments[2])),
              new SinkTools(codecs, buffers));
      try (Stream stream =
          Stream.from(new Some(file, frames, rounds))
              .layer(new Nothing())
              .to(sink)
              .open(resources)
              .start()) {
        boolean ended = stream.await(LIMIT);
        if (!ended || stream.failure().isPresent()) {
          throw new IllegalStateException("the stream failed", stream.failure().orElse(null));
        }
      }
    }
  }

  private static FileSinkSettings settings(Path to, int bitrateBps) {
    return new FileSinkSettings(
        to,
        Container.WEBM,
        Optional.of(TrackCodec.VP8),
        Optional.empty(),
        Optional.empty(),
        bitrateBps,
        60,
        Duration.ofSeconds(2),
        128_000,
        WhenBehind.WAIT);
  }

  private record Nothing() implements Layer {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public void process(TimestampedFrame frame) {}
  }

  /** The first pictures of a source, and a line after each round. */
  private static final class Some implements StreamSource {
    private final StreamSource source;
    private final int frames;
    private final int rounds;
    private long given;

    Some(StreamSource source, int frames, int rounds) {
      this.source = source;
      this.frames = frames;
      this.rounds = rounds;
    }

    @Override
    public MediaInfo info() {
      return source.info();
    }

    @Override
    public @Nullable MediaItem next() throws InterruptedException {
      if (given == (long) frames * rounds) {
        return null;
      }
      given++;
      if (rounds > 1 && given % frames == 0) {
        // What is left is what is held: else the garbage of an hour passes for growth.
        System.gc();
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
        System.out.printf(Locale.ROOT, "round=%d heap_mb=%.1f%n", given / frames, heap);
        System.out.flush();
      }
      return source.next();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
