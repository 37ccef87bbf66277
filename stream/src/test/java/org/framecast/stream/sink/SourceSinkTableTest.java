package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.framecast.stream.codec.DeviceCatalog;
import org.framecast.stream.codec.VirtualScreen;
import org.framecast.stream.codec.ffmpeg.TestMedia;
import org.framecast.stream.codec.ffmpeg.TestMedia.Recipe;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.pipeline.Stream;
import org.framecast.stream.pipeline.StreamBuilder;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.source.PlaybackSource;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.whep.Watchers;
import org.framecast.stream.whep.WebRtcSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of source into each kind of sink that fits it: as many pictures as went in, each within
 * half a frame of its time, and FFmpeg's own {@code ffprobe} agrees. The table in the documents is
 * what this test finds; where it differs, what was found lies in {@code target}.
 */
@Timeout(180)
class SourceSinkTableTest {
  private static final int PICTURES = TestMedia.RATE;
  private static final double HALF_A_FRAME = 0.5 / TestMedia.RATE;

  /** A block of sound that an encoder begins or ends with. */
  private static final double SOUND_TOLERANCE = 0.05;

  private static final Path TABLE = Path.of("../docs/source-sink-table.md");
  private static final Path FOUND = Path.of("target/source-sink-table.md");
  private static final String NONE = "–";
  private static final Map<Row, String> ROWS = Collections.synchronizedMap(new LinkedHashMap<>());
  private static final ComponentRegistry REGISTRY =
      ComponentRegistry.load(SourceSinkTableTest.class.getClassLoader());

  /** Kinds that this test leaves out, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "webcam", "needs a camera: see [devices](devices.md)",
          "audio", "needs a microphone: see [devices](devices.md)",
          "display", "shows the newest picture and leaves out the others: `DisplaySinkTest`");

  /** The sources. */
  enum Row {
    MP4("file", "MP4: H264, AAC", Recipe.of("mp4", "libopenh264", PICTURES).sound("aac")),
    MOV("file", "MOV: ProRes, PCM", Recipe.of("mov", "prores", PICTURES).sound("pcm_s16le")),
    MKV(
        "file",
        "Matroska: MPEG-4 with B-frames, Opus",
        Recipe.of("matroska", "mpeg4", PICTURES).gop(12, 2).sound("libopus")),
    WEBM("file", "WebM: VP9, Opus", Recipe.of("webm", "libvpx-vp9", PICTURES).sound("libopus")),
    AVI("file", "AVI: MJPEG, PCM", Recipe.of("avi", "mjpeg", PICTURES).sound("pcm_s16le")),
    TS("file", "MPEG-TS: MPEG-2, MP2", Recipe.of("mpegts", "mpeg2video", PICTURES).sound("mp2")),
    IVF("file", "IVF: VP8", Recipe.of("ivf", "libvpx", PICTURES)),
    M4A("file", "M4A: AAC", Recipe.ofSound("ipod", "aac", PICTURES)),
    OGG("file", "Ogg: Opus", Recipe.ofSound("ogg", "libopus", PICTURES)),
    WAV("file", "WAV: PCM", Recipe.ofSound("wav", "pcm_s16le", PICTURES)),
    PLAYBACK("file", "MP4 by way of a `PlaybackSource`", MP4.recipe.orElseThrow()),
    TEST("test", "colour bars and a tone"),
    SCREEN("screen", "X11, by Xvfb");

    private final String kind;
    private final String words;
    private final Optional<Recipe> recipe;

    Row(String kind, String words) {
      this(kind, words, Optional.empty());
    }

    Row(String kind, String words, Recipe recipe) {
      this(kind, words, Optional.of(recipe));
    }

    Row(String kind, String words, Optional<Recipe> recipe) {
      this.kind = kind;
      this.words = words;
      this.recipe = recipe;
    }

    String title() {
      return "`" + kind + "` " + words;
    }
  }

  /** The sinks; the codecs are as ffprobe calls them. */
  enum Column {
    MP4("file", "MP4: H264, AAC", "h264", "aac"),
    FMP4("file", "MP4 of fragments: VP9, Opus", "vp9", "opus"),
    MKV("file", "Matroska: VP8, Opus", "vp8", "opus"),
    WEBM("file", "WebM: AV1, Opus", "av1", "opus"),
    HLS("hls", "CMAF: H264, AAC", "h264", "aac"),
    PNG("images", "PNG", "png", ""),
    JPEG("images", "JPEG", "mjpeg", ""),
    WEBRTC("webrtc", "VP8, Opus", "vp8", "opus");

    private final String kind;
    private final String words;
    private final String video;
    private final String audio;

    Column(String kind, String words, String video, String audio) {
      this.kind = kind;
      this.words = words;
      this.video = video;
      this.audio = audio;
    }

    String title() {
      return "`" + kind + "` " + words;
    }

    boolean fits(StreamSource source) {
      return source.info().video().isPresent() || !audio.isEmpty();
    }
  }

  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Encoders of a busy machine are no slow sinks. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SinkStage stage = new SinkStage(120);
  private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
  @TempDir Path folder;

  SourceSinkTableTest() {
    stage.context.put(MediaClock.class, MediaClock.system());
    stage.context.put(ThreadFactory.class, (ThreadFactory) this::thread);
    stage.context.put(
        DeviceCatalog.class, ServiceLoader.load(DeviceCatalog.class).findFirst().orElseThrow());
  }

  private Thread thread(Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    threads.add(thread);
    return thread;
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    for (Thread thread : threads) {
      assertTrue(thread.join(LIMIT), thread.getName());
    }
    stage.close();
  }

  @ParameterizedTest
  @EnumSource
  void everySinkThatFitsGetsAllOfIt(Row row) throws Exception {
    Map<Column, String> cells = new LinkedHashMap<>();
    if (row == Row.SCREEN) {
      try (VirtualScreen screen = VirtualScreen.open(160, 96)) {
        fill(cells, row, Map.of("device", screen.display(), "rate", (double) TestMedia.RATE));
      }
    } else {
      fill(cells, row, options(row));
    }
    String found = line(row, cells);
    ROWS.put(row, found);
    assertTrue(
        Files.readString(TABLE).lines().anyMatch(found::equals),
        () -> "not in " + TABLE + ", but found: " + found);
  }

  private Map<String, ?> options(Row row) {
    if (row.recipe.isEmpty()) {
      return Map.of(
          "width",
          160,
          "height",
          96,
          "rate",
          (double) TestMedia.RATE,
          "frames",
          PICTURES,
          "pace",
          "fast");
    }
    Path file = TestMedia.write(folder.resolve("in"), row.recipe.get());
    return Map.of("path", file.toString(), "pace", "as-fast-as-possible");
  }

  private void fill(Map<Column, String> cells, Row row, Map<String, ?> options) throws Exception {
    GatedSource files = source(row, options, GatedSource.Gate.OPEN);
    List<Column> fitting =
        Arrays.stream(Column.values())
            .filter(column -> column != Column.WEBRTC && column.fits(files))
            .toList();
    write(files, fitting);
    for (Column column : Column.values()) {
      cells.put(column, fitting.contains(column) ? probed(column, files) : NONE);
    }
    cells.put(Column.WEBRTC, watched(source(row, options, GatedSource.Gate.AS_SEEN)));
  }

  private GatedSource source(Row row, Map<String, ?> options, GatedSource.Gate gate) {
    StreamSource source = create(REGISTRY.source(row.kind).orElseThrow(), options);
    return new GatedSource(
        row == Row.PLAYBACK ? new PlaybackSource(source) : source, PICTURES, gate);
  }

  private <O extends Record> StreamSource create(SourceProvider<O> kind, Map<String, ?> options) {
    return kind.create(OptionBinder.bind(kind.optionsType(), options), stage);
  }

  private <O extends Record> StreamSink create(SinkProvider<O> kind, Map<String, ?> options) {
    return kind.create(OptionBinder.bind(kind.optionsType(), options), stage);
  }

  /** All files in one stream. */
  private void write(GatedSource source, List<Column> columns) throws InterruptedException {
    StreamBuilder builder = Stream.from(source).patience(PATIENCE);
    for (Column column : columns) {
      SinkProvider<?> kind = REGISTRY.sink(column.kind).orElseThrow();
      builder.to(column.name(), create(kind, written(column)));
    }
    run(builder);
  }

  private void run(StreamBuilder builder) throws InterruptedException {
    try (Stream stream = builder.open(resources()).start()) {
      assertTrue(stream.await(LIMIT), "ended");
      stream.failure().ifPresent(SourceSinkTableTest::rethrow);
      stream
          .statistics()
          .sinks()
          .forEach(sink -> assertEquals("FINISHED", sink.state().name(), sink.name()));
      assertEquals(0, stream.statistics().sinks().stream().mapToLong(s -> s.dropped()).sum());
    }
  }

  private static void rethrow(Throwable cause) {
    throw new AssertionError("the stream failed", cause);
  }

  private PipelineResources resources() {
    return new PipelineResources(
        stage.codecs, stage.frames, stage.buffers, this::thread, MediaClock.system());
  }

  private Map<String, ?> written(Column column) {
    return switch (column) {
      case MP4, FMP4, MKV, WEBM ->
          Map.of(
              "path",
              path(column),
              "container",
              column.name().toLowerCase(Locale.ROOT),
              "videoCodec",
              column.video,
              "audioCodec",
              column.audio);
      case HLS -> Map.of("path", path(column), "rungs", 1, "window", 0, "whenBehind", "wait");
      case PNG, JPEG ->
          Map.of("path", path(column), "format", column == Column.PNG ? "png" : "jpeg");
      case WEBRTC -> Map.of("port", 0, "codec", column.video);
    };
  }

  private String path(Column column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    return folder
        .resolve(
            switch (column) {
              case PNG, JPEG -> name + "-%03d." + name;
              case MP4, FMP4, MKV, WEBM, HLS, WEBRTC -> name;
            })
        .toString();
  }

  /** What ffprobe says of what was written. */
  private String probed(Column column, GatedSource given) {
    boolean pictures = given.info().video().isPresent();
    boolean sound = given.info().audio().isPresent() && !column.audio.isEmpty();
    List<Double> times = List.of();
    if (pictures) {
      String name = column == Column.HLS ? "/video0.m3u8" : "";
      Probe probe = Probe.of(Path.of(path(column) + name));
      assertEquals(column.video, probe.video().get("codec_name"), column.title());
      times = probe.pictureTimes();
      if (column.audio.isEmpty()) {
        // Images have no times: they are in order, and none is missing.
        assertEquals(given.pictureSeconds().size(), times.size(), column.title());
      } else {
        requireTimes(given.pictureSeconds(), times, column);
        assertEquals(given.seconds(), probe.durationSeconds(), SOUND_TOLERANCE, column.title());
      }
    }
    if (sound) {
      String name = column == Column.HLS ? "/sound.m3u8" : "";
      Probe probe = Probe.of(Path.of(path(column) + name));
      assertEquals(column.audio, probe.audio().get("codec_name"), column.title());
      assertEquals(given.soundSeconds(), probe.soundTimes().getLast(), SOUND_TOLERANCE);
      assertEquals(given.seconds(), probe.durationSeconds(), SOUND_TOLERANCE, column.title());
    }
    return cell(times.size(), sound);
  }

  private static void requireTimes(List<Double> wanted, List<Double> found, Column column) {
    assertEquals(wanted.size(), found.size(), column.title() + ": pictures");
    for (int i = 0; i < wanted.size(); i++) {
      String picture = column.title() + ": picture " + i;
      assertEquals(wanted.get(i), found.get(i), HALF_A_FRAME, picture);
      assertTrue(i == 0 || found.get(i) > found.get(i - 1), picture);
    }
  }

  private static String cell(int pictures, boolean sound) {
    return pictures == 0 ? "sound" : pictures + (sound ? " + sound" : "");
  }

  /** What a viewer sees, from its joining on: what came before is not sent. */
  private String watched(GatedSource source) throws Exception {
    try (Watchers watchers = new Watchers()) {
      stage.context.putAll(watchers.parts());
      WebRtcSink sink =
          (WebRtcSink) create(REGISTRY.sink("webrtc").orElseThrow(), written(Column.WEBRTC));
      Received received;
      try (Stream stream = Stream.from(source).to(sink).open(resources()).start()) {
        source.awaitBegin();
        try (Received viewer = Received.join(watchers, sink.endpoint(), source)) {
          received = viewer;
          assertTrue(stream.await(LIMIT), "ended");
          stream.failure().ifPresent(SourceSinkTableTest::rethrow);
        }
      }
      return watched(source, received);
    }
  }

  private static String watched(GatedSource source, Received received) {
    List<Double> given = source.pictureSeconds();
    List<Double> seen = received.pictureSeconds();
    boolean sound = source.info().audio().isPresent();
    if (!given.isEmpty()) {
      assertTrue(given.size() - seen.size() <= 1, "seen " + seen.size() + " of " + given.size());
      List<Double> watched = given.subList(given.size() - seen.size(), given.size());
      double first = watched.getFirst();
      requireTimes(watched.stream().map(time -> time - first).toList(), seen, Column.WEBRTC);
    }
    if (sound) {
      double most = source.soundSeconds();
      double heard = received.soundSeconds();
      String found =
          heard + " s of " + most + " s, " + source.missedSeconds() + " s perhaps missed";
      assertTrue(heard > 0 && heard < most + 0.3, found);
      assertTrue(heard > most - source.missedSeconds() - 0.3, found);
    }
    return given.isEmpty() ? "sound" : "all" + (sound ? " + sound" : "");
  }

  private static String line(Row row, Map<Column, String> cells) {
    return "| " + row.title() + " | " + String.join(" | ", cells.values()) + " |";
  }

  private static String table(Map<Row, String> rows) {
    String columns =
        Arrays.stream(Column.values()).map(Column::title).collect(Collectors.joining(" | "));
    String left =
        LEFT_OUT.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(kind -> "- `" + kind.getKey() + "` " + kind.getValue() + "\n")
            .collect(Collectors.joining());
    return """
    # Sources and sinks

    Each cell is a stream that ran: a source of %d frames a second for one second into that sink. It says how many pictures
    came out, each within half a frame of its time, and whether sound did; codec, number and duration are what FFmpeg's `ffprobe`
    says of the files. A viewer by WebRTC received all pictures from its joining on. – does not fit. `SourceSinkTableTest` fails
    when it finds anything else. All codecs of each container: `FileSinkTest`.

    | source | %s |
    |---|%s
    %s
    Left out:

    %s\
    """
        .formatted(
            TestMedia.RATE,
            columns,
            "---|".repeat(Column.values().length),
            Arrays.stream(Row.values())
                .map(row -> rows.getOrDefault(row, "") + "\n")
                .collect(Collectors.joining()),
            left);
  }

  @Test
  void theTableHasEveryKindAndNothingElse() throws IOException {
    Set<String> sources = kinds(ComponentKind.SOURCE);
    Set<String> sinks = kinds(ComponentKind.SINK);
    sources.removeAll(LEFT_OUT.keySet());
    sinks.removeAll(LEFT_OUT.keySet());
    assertEquals(Arrays.stream(Row.values()).map(r -> r.kind).collect(Collectors.toSet()), sources);
    assertEquals(
        Arrays.stream(Column.values()).map(c -> c.kind).collect(Collectors.toSet()), sinks);
    String text = Files.readString(TABLE);
    Map<Row, String> rows = new LinkedHashMap<>();
    for (Row row : Row.values()) {
      text.lines()
          .filter(line -> line.startsWith("| " + row.title() + " |"))
          .forEach(line -> rows.put(row, line));
    }
    assertEquals(table(rows), text);
  }

  private static Set<String> kinds(ComponentKind kind) {
    return REGISTRY.all(kind).stream()
        .map(provider -> provider.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @AfterAll
  static void keepWhatWasFound() throws IOException {
    Files.createDirectories(FOUND.getParent());
    Files.writeString(FOUND, table(ROWS));
  }
}
