package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.codec.ffmpeg.TestMedia;
import org.framecast.stream.codec.ffmpeg.TestMedia.Recipe;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.source.FileOptions;
import org.framecast.stream.source.FileOptions.Pace;
import org.framecast.stream.source.FileSource;
import org.framecast.stream.source.scene.PictureStamp;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file through a layer into a sink, without a copy of a pixel on the way. */
@Timeout(180)
class FileStreamTest {
  private static final int PICTURES = 60;

  @TempDir private Path folder;

  /** Remembers where the pixels lay that it was given. */
  private static final class AddressSink implements StreamSink {
    final List<Long> addresses = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> numbers = Collections.synchronizedList(new ArrayList<>());
    volatile long sounds;
    volatile boolean finished;

    @Override
    public DeliveryPolicy delivery() {
      return DeliveryPolicy.EVERY_FRAME;
    }

    @Override
    public void begin(MediaInfo info) {}

    @Override
    public void accept(MediaItem item) {
      switch (item) {
        case TimestampedFrame frame -> {
          addresses.add(frame.pixels().block().address());
          numbers.add(PictureStamp.read(frame.pixels()).orElse(-1));
        }
        case AudioFrame block -> sounds = sounds + block.samples();
      }
    }

    @Override
    public void finish() {
      finished = true;
    }

    @Override
    public void close() {}
  }

  @Test
  void aFileALayerAndASinkShareOneBuffer() throws InterruptedException {
    Path file =
        TestMedia.write(
            folder.resolve("media"), Recipe.of("mp4", "mpeg4", PICTURES).gop(12, 2).sound("aac"));
    MediaCodecs codecs = new FfmpegCodecs();
    List<Long> layered = Collections.synchronizedList(new ArrayList<>());
    Layer layer =
        new Layer() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void process(TimestampedFrame frame) {
            layered.add(frame.pixels().block().address());
          }
        };
    AddressSink sink = new AddressSink();
    try (PipelineFixture fixture = new PipelineFixture(codecs, MediaClock.system())) {
      FileSource source =
          new FileSource(
              codecs.openReader(MediaReaderSettings.of(file), fixture.frames, fixture.buffers),
              FileOptions.of("", Pace.AS_FAST_AS_POSSIBLE),
              MediaClock.system());
      try (Stream stream =
          Stream.from(source)
              .patience(PipelineFixture.SOON)
              .layer(layer)
              .to(sink)
              .open(fixture.resources)
              .start()) {
        assertTrue(stream.await(PipelineFixture.SOON));
        assertTrue(stream.failure().isEmpty());
      }
    }
    assertEquals(IntStream.range(0, PICTURES).boxed().toList(), sink.numbers);
    assertEquals(layered, sink.addresses);
    assertTrue(sink.finished);
    assertFalse(sink.sounds == 0);
  }
}
