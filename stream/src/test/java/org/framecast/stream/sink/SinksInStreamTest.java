package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.pipeline.Stream;
import org.framecast.stream.pipeline.StreamListener;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sinks of the registry beside each other in one stream. */
class SinksInStreamTest {
  private static final int PICTURES = 75;

  private final SinkStage stage = new SinkStage();
  private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Throwable> failures =
      Collections.synchronizedMap(new java.util.HashMap<>());
  @TempDir Path folder;

  /** Pictures with their sound, as fast as they are asked for. */
  private final class Waves implements StreamSource {
    private int next;

    @Override
    public MediaInfo info() {
      return SinkStage.both();
    }

    @Override
    public @Nullable MediaItem next() {
      int item = next++;
      if (item >= 3 * PICTURES) {
        return null;
      }
      if (item % 3 == 0) {
        return stage.picture(item / 3, item / 3 * SinkStage.FRAME_NANOS);
      }
      int block = item / 3 * 2 + item % 3 - 1;
      return stage.sound(block, block * SinkStage.BLOCK_NANOS);
    }

    @Override
    public void close() {}
  }

  private StreamSink sink(String kind, Map<String, ?> options) {
    SinkProvider<?> provider =
        ComponentRegistry.load(SinksInStreamTest.class.getClassLoader()).sink(kind).orElseThrow();
    return create(provider, options);
  }

  private <O extends Record> StreamSink create(SinkProvider<O> provider, Map<String, ?> options) {
    return provider.create(OptionBinder.bind(provider.optionsType(), options), stage);
  }

  private Thread thread(Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    threads.add(thread);
    return thread;
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(Duration.ofSeconds(60));
    }
    stage.close();
  }

  @Test
  void aDiskThatIsFullEndsItsSinkAloneAndTheOthersAreComplete() throws Exception {
    Files.createSymbolicLink(folder.resolve("full.webm.part"), Path.of("/dev/full"));
    PipelineResources resources =
        new PipelineResources(
            stage.codecs, stage.frames, stage.buffers, this::thread, MediaClock.system());
    try (Stream stream =
        Stream.from(new Waves())
            .patience(Duration.ofSeconds(30))
            .named("s")
            .listener(
                new StreamListener() {
                  @Override
                  public void sinkFailed(String sink, Throwable cause) {
                    failures.put(sink, cause);
                  }
                })
            .to("good", sink("file", Map.of("path", folder.resolve("good.mp4").toString())))
            .to("full", sink("file", Map.of("path", folder.resolve("full.webm").toString())))
            .to(
                "hls",
                sink(
                    "hls",
                    Map.of(
                        "path",
                        folder.resolve("hls").toString(),
                        "whenBehind",
                        "wait",
                        "rungs",
                        2,
                        "window",
                        0)))
            .to(
                "images",
                sink(
                    "images",
                    Map.of(
                        "path",
                        folder.resolve("p%d.jpg").toString(),
                        "every",
                        25,
                        "format",
                        "jpeg")))
            .open(resources)
            .start()) {
      assertTrue(stream.await(Duration.ofSeconds(60)));
      Map<String, SinkStatistics.State> states = new java.util.HashMap<>();
      stream.statistics().sinks().forEach(sink -> states.put(sink.name(), sink.state()));
      assertEquals(
          Map.of(
              "good", SinkStatistics.State.FINISHED,
              "full", SinkStatistics.State.FAILED,
              "hls", SinkStatistics.State.FINISHED,
              "images", SinkStatistics.State.FINISHED),
          states);
    }
    assertEquals(1, failures.size());
    MediaException full =
        assertInstanceOf(MediaException.class, failures.values().iterator().next());
    assertEquals(MediaException.Code.SINK_FAILED, full.code());
    Probe.of(folder.resolve("good.mp4")).requireBeats(PICTURES, 0.04, 0.001);
    Probe.of(folder.resolve("hls/video1.m3u8")).requireBeats(PICTURES, 0.04, 0.001);
    assertTrue(Files.exists(folder.resolve("p2.jpg")) && !Files.exists(folder.resolve("p3.jpg")));
  }

  @ParameterizedTest
  @CsvSource({"file,a.mp4,EVERY_FRAME", "hls,a,LATEST", "images,a%d.png,EVERY_FRAME"})
  void whoIsBehindLetsTheStreamWaitOrDropsAsItsOptionSays(
      String kind, String name, DeliveryPolicy byDefault) {
    String path = folder.resolve(name).toString();
    try (StreamSink waits = sink(kind, Map.of("path", path, "whenBehind", "wait"));
        StreamSink drops = sink(kind, Map.of("path", path, "whenBehind", "drop"));
        StreamSink usual = sink(kind, Map.of("path", path))) {
      assertEquals(DeliveryPolicy.EVERY_FRAME, waits.delivery());
      assertEquals(DeliveryPolicy.LATEST, drops.delivery());
      assertEquals(byDefault, usual.delivery());
    }
  }

  @Test
  void theRegistryKnowsThemAndTheirOptions() {
    List<String> names =
        ComponentRegistry.load(SinksInStreamTest.class.getClassLoader())
            .all(ComponentKind.SINK)
            .stream()
            .map(provider -> provider.name())
            .toList();
    assertTrue(names.containsAll(List.of("file", "hls", "images")), names.toString());
    assertEquals(
        FileSinkOptions.of("x.mp4"),
        OptionBinder.bind(FileSinkOptions.class, Map.of("path", "x.mp4")));
  }
}
