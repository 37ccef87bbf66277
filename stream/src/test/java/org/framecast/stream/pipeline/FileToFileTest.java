package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.PictureTrackEncoder;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.codec.ffmpeg.TestMedia;
import org.framecast.stream.codec.ffmpeg.TestMedia.Recipe;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.sink.FileSink;
import org.framecast.stream.sink.FileSinkSettings;
import org.framecast.stream.sink.SinkTools;
import org.framecast.stream.sink.WhenBehind;
import org.framecast.stream.source.FileOptions;
import org.framecast.stream.source.FileOptions.Pace;
import org.framecast.stream.source.FileSource;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file, a layer and a file again, with real codecs: what is copied, and what is left on the heap.
 */
@Timeout(180)
class FileToFileTest {
  private static final int PICTURES = 60;
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);
  private static final int WINDOW = 500;
  private static final int LIMIT_BYTES = 1_024;

  private final MediaCodecs codecs = new FfmpegCodecs();
  private final PipelineFixture fixture = new PipelineFixture(codecs, MediaClock.system());
  private final AtomicLong layered = new AtomicLong();
  private final List<Long> layerAddresses = Collections.synchronizedList(new ArrayList<>());
  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeft() {
    fixture.close();
  }

  private FileSource source(int rounds) {
    Path file =
        TestMedia.write(folder.resolve("in.mp4"), Recipe.of("mp4", "libopenh264", PICTURES));
    return new FileSource(
        codecs.openReader(MediaReaderSettings.of(file), fixture.frames, fixture.buffers),
        FileOptions.of("", Pace.AS_FAST_AS_POSSIBLE).times(rounds),
        MediaClock.system());
  }

  private FileSink sink(MediaCodecs with) {
    return new FileSink(
        new FileSinkSettings(
            folder.resolve("out.webm"),
            Container.WEBM,
            Optional.of(TrackCodec.VP8),
            Optional.empty(),
            Optional.empty(),
            200_000,
            60,
            Duration.ofSeconds(2),
            128_000,
            WhenBehind.WAIT),
        new SinkTools(with, fixture.buffers));
  }

  private Layer layer(Runnable each) {
    return new Layer() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void process(TimestampedFrame frame) {
        each.run();
        if (layerAddresses.size() < PICTURES) {
          layerAddresses.add(frame.pixels().block().address());
        }
      }
    };
  }

  @Test
  void theEncoderIsGivenTheBufferThatTheFileWasDecodedInto() throws InterruptedException {
    List<Long> encoded = Collections.synchronizedList(new ArrayList<>());
    try (Stream stream =
        Stream.from(source(1))
            .patience(PipelineFixture.SOON)
            .layer(layer(() -> {}))
            .to(sink(noting(encoded)))
            .open(fixture.resources)
            .start()) {
      assertTrue(stream.await(Duration.ofSeconds(60)));
      assertTrue(stream.failure().isEmpty());
    }
    assertEquals(PICTURES, encoded.size());
    assertEquals(layerAddresses, encoded);
  }

  /** The real codecs, whose encoders of pictures note where the pixels lie that they are given. */
  private MediaCodecs noting(List<Long> addresses) {
    return (MediaCodecs)
        Proxy.newProxyInstance(
            MediaCodecs.class.getClassLoader(),
            new Class<?>[] {MediaCodecs.class},
            (proxy, method, arguments) -> {
              try {
                Object made = method.invoke(codecs, arguments);
                return made instanceof PictureTrackEncoder encoder
                    ? new NotingEncoder(encoder, addresses)
                    : made;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private record NotingEncoder(PictureTrackEncoder target, List<Long> addresses)
      implements PictureTrackEncoder {
    @Override
    public void encode(
        VideoFrame frame, long ptsNanos, Keyframe keyframe, Consumer<TrackUnit> sink) {
      addresses.add(frame.block().address());
      target.encode(frame, ptsNanos, keyframe, sink);
    }

    @Override
    public void flush(Consumer<TrackUnit> sink) {
      target.flush(sink);
    }

    @Override
    public void close() {
      target.close();
    }
  }

  @Test
  void onceItHasSettledItAllocatesLessThanAKilobyteForAFrame() throws InterruptedException {
    try (Stream stream =
        Stream.from(source(0))
            .patience(PipelineFixture.SOON)
            .layer(layer(layered::incrementAndGet))
            .to(sink(codecs))
            .open(fixture.resources)
            .start()) {
      Deadline end = Deadline.in(SETTLED_WITHIN);
      long bytes = fixture.heapBytesPerFrame(layered::get, WINDOW);
      while (bytes >= LIMIT_BYTES && !end.passed()) {
        bytes = fixture.heapBytesPerFrame(layered::get, WINDOW);
      }
      assertTrue(bytes < LIMIT_BYTES, bytes + " bytes of heap for each frame");
    }
  }
}
