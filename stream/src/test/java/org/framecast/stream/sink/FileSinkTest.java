package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.codec.HardwareEncoder;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.Announcer;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.plugin.OptionBinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as FFmpeg's own programs read them. */
class FileSinkTest {
  private static final long ORIGIN = 5_000_000_000L;
  private static final int PICTURES = 60;
  private static final double BEAT = 1.0 / SinkStage.FRAME_RATE;

  private final SinkStage stage = new SinkStage();
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    stage.close();
  }

  private StreamSink sink(Map<String, ?> options) {
    return new FileSinkProvider().create(OptionBinder.bind(FileSinkOptions.class, options), stage);
  }

  private StreamSink sink(Path file) {
    return sink(Map.of("path", file.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "mp4,h264,aac",
    "mp4,h264,opus",
    "mp4,vp9,opus",
    "mp4,av1,aac",
    "fmp4,h264,aac",
    "fmp4,vp9,aac",
    "fmp4,av1,opus",
    "mkv,vp8,opus",
    "mkv,vp9,aac",
    "mkv,h264,aac",
    "mkv,h264,opus",
    "mkv,av1,opus",
    "webm,vp8,opus",
    "webm,vp9,opus",
    "webm,av1,opus"
  })
  void whatGoesInComesOut(String container, String video, String audio)
      throws InterruptedException {
    Path file = folder.resolve("out." + container);
    try (StreamSink sink =
        sink(
            Map.of(
                "path",
                file.toString(),
                "container",
                container,
                "videoCodec",
                video,
                "audioCodec",
                audio))) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, PICTURES, ORIGIN);
      sink.finish();
    }
    Probe probe = Probe.of(file);
    assertEquals(video, probe.video().get("codec_name"));
    assertEquals(audio, probe.audio().get("codec_name"));
    assertEquals("192", probe.video().get("width"));
    assertEquals("108", probe.video().get("height"));
    probe.requireBeats(PICTURES, BEAT, 0.001);
    assertEquals(PICTURES * BEAT, probe.durationSeconds(), 0.045, "duration");
    // In Matroska the priming of AAC, a unit of 21 ms, is decoded and not left out.
    assertEquals(0, probe.soundTimes().getFirst(), 0.022, "sound begins");
    assertEquals(PICTURES * BEAT, probe.soundTimes().getLast(), 0.045, "sound ends");
    assertFalse(Files.exists(folder.resolve("out." + container + ".part")));
  }

  @Test
  void aPlainMp4HasItsIndexAtTheFrontAndNoFragments() throws Exception {
    Path file = folder.resolve("out.mp4");
    try (StreamSink sink = sink(file)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, PICTURES, ORIGIN);
      sink.finish();
    }
    List<String> boxes = Boxes.of(Files.readAllBytes(file));
    assertTrue(boxes.indexOf("moov") < boxes.indexOf("mdat"), boxes.toString());
    assertFalse(boxes.contains("moof"), boxes.toString());
    try (var all = Files.list(folder)) {
      assertEquals(List.of(file), all.toList());
    }
  }

  @Test
  void timeBeginsWithWhatComesFirstThoughTheOtherIsEarlier() throws InterruptedException {
    Path file = folder.resolve("out.mkv");
    try (StreamSink sink = sink(file)) {
      sink.begin(SinkStage.both());
      for (int i = 0; i < 50; i++) {
        try (AudioFrame sound = stage.sound(i, ORIGIN + 100_000_000 + i * SinkStage.BLOCK_NANOS)) {
          sink.accept(sound);
        }
      }
      for (int i = 0; i < 25; i++) {
        try (TimestampedFrame frame = stage.picture(i, ORIGIN + i * SinkStage.FRAME_NANOS)) {
          sink.accept(frame);
        }
      }
      sink.finish();
    }
    Probe probe = Probe.of(file);
    probe.requireBeats(25, BEAT, 0.001);
    assertEquals(0.1, probe.soundTimes().getFirst(), 0.011);
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.mp4", "out.mkv", "out.webm"})
  void timesAreThoseOfTheItemsNotOfACount(String name) throws InterruptedException {
    Path file = folder.resolve(name);
    long[] millis = {0, 7, 50, 51, 400, 1_900, 1_950, 4_000, 4_033};
    try (StreamSink sink = sink(file)) {
      sink.begin(SinkStage.pictures());
      for (int i = 0; i < millis.length; i++) {
        try (TimestampedFrame frame = stage.picture(i, ORIGIN + millis[i] * 1_000_000)) {
          sink.accept(frame);
        }
      }
      sink.finish();
    }
    Probe probe = Probe.of(file);
    assertEquals(millis.length, probe.pictureTimes().size());
    for (int i = 0; i < millis.length; i++) {
      assertEquals(millis[i] / 1e3, probe.pictureTimes().get(i), 0.0006, "picture " + i);
    }
  }

  @Test
  void picturesOfOtherSizesAreScaledToTheFirst() throws InterruptedException {
    Path file = folder.resolve("out.mp4");
    int[][] sizes = {{101, 75}, {101, 75}, {50, 38}, {320, 180}, {101, 75}};
    try (StreamSink sink = sink(file)) {
      sink.begin(SinkStage.pictures());
      for (int i = 0; i < 50; i++) {
        int[] size = sizes[i / 10];
        try (TimestampedFrame frame =
            stage.picture(i, i * SinkStage.FRAME_NANOS, size[0], size[1])) {
          sink.accept(frame);
        }
      }
      sink.finish();
    }
    Probe probe = Probe.of(file);
    assertEquals("100", probe.video().get("width"));
    assertEquals("74", probe.video().get("height"));
    probe.requireBeats(50, BEAT, 0.001);
  }

  @Test
  void soundAloneMakesAFile() throws InterruptedException {
    Path file = folder.resolve("out.mka");
    try (StreamSink sink = sink(Map.of("path", file.toString(), "videoCodec", "none"))) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 25, ORIGIN);
      sink.finish();
    }
    Probe probe = Probe.of(file);
    assertTrue(probe.video().isEmpty());
    assertEquals(1, probe.durationSeconds(), 0.03);
  }

  @Test
  void aTrackThatNeverBeginsHoldsTheOthersUpOnlySoLong() throws InterruptedException {
    Path file = folder.resolve("out.mp4");
    try (StreamSink sink = sink(file)) {
      sink.begin(SinkStage.both());
      for (int i = 0; i < 700; i++) {
        try (AudioFrame sound = stage.sound(i, i * SinkStage.BLOCK_NANOS)) {
          sink.accept(sound);
        }
      }
      try (TimestampedFrame late = stage.picture(0, 14_000_000_000L)) {
        MediaException refused = assertThrows(MediaException.class, () -> sink.accept(late));
        assertEquals(MediaException.Code.SINK_FAILED, refused.code());
      }
      sink.finish();
    }
    Probe probe = Probe.of(file);
    assertTrue(probe.video().isEmpty());
    assertEquals(14, probe.durationSeconds(), 0.03);
  }

  @Test
  void keyframesComeAsOftenAsTheOptionsSay() throws InterruptedException {
    Path file = folder.resolve("out.mkv");
    try (StreamSink sink = sink(Map.of("path", file.toString(), "keyframeSeconds", 0.4))) {
      sink.begin(SinkStage.pictures());
      stage.give(sink, 0, 50, ORIGIN);
      sink.finish();
    }
    String flags =
        Probe.run(
            List.of(
                org.bytedeco.javacpp.Loader.load(org.bytedeco.ffmpeg.ffprobe.class),
                "-v",
                "error",
                "-show_entries",
                "packet=flags",
                "-of",
                "csv=p=0",
                file.toString()));
    List<String> all = flags.lines().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i < 50; i++) {
      assertEquals(i % 10 == 0, all.get(i).startsWith("K"), "picture " + i);
    }
  }

  @Test
  void theBitrateIsKept() throws InterruptedException, IOException {
    long small = size(Map.of("bitrateKbps", 100));
    long large = size(Map.of("bitrateKbps", 800));
    assertTrue(small < 60_000, small + " bytes for 3 s at 100 kb/s");
    assertTrue(large > 1.5 * small, large + " bytes against " + small);
    assertTrue(size(Map.of("quality", 80)) > 1.3 * size(Map.of("quality", 30)));
  }

  private long size(Map<String, ?> rate) throws InterruptedException, IOException {
    Path file = folder.resolve("rate.webm");
    Map<String, Object> options = new java.util.HashMap<>(rate);
    options.put("path", file.toString());
    try (StreamSink sink = sink(options)) {
      sink.begin(SinkStage.pictures());
      stage.give(sink, 0, 75, ORIGIN);
      sink.finish();
    }
    return Files.size(file);
  }

  @Test
  void whatWasCutOffKeepsThePartNameAndPlays() throws InterruptedException {
    Path file = folder.resolve("out.mp4");
    try (StreamSink sink = sink(file)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 60, ORIGIN);
    }
    assertFalse(Files.exists(file));
    assertTrue(Probe.of(folder.resolve("out.mp4.part")).pictureTimes().size() >= 25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "fmp4", "mkv", "webm"})
  void aKilledProcessLeavesAFileThatPlays(String container) throws Exception {
    Path file = folder.resolve("out." + container);
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FileSinkVictim.class.getName(),
                file.toString(),
                container)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int given;
    try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
      String said = lines.readLine();
      assertTrue(said != null && said.startsWith("given "), "the victim said " + said);
      given = Integer.parseInt(said.substring("given ".length()));
      victim.destroyForcibly();
      assertTrue(victim.waitFor(30, TimeUnit.SECONDS));
      assertEquals(137, victim.exitValue(), "killed by signal 9");
    }
    Probe probe = Probe.of(folder.resolve("out." + container + ".part"));
    int kept = probe.pictureTimes().size();
    assertTrue(kept >= given - 2 * SinkStage.FRAME_RATE, kept + " of " + given + " pictures");
    probe.requireBeats(kept, BEAT, 0.001);
    assertTrue(probe.soundTimes().size() > kept, "sound");
  }

  /** A disk of its own where the test may mount one, else a file that is always full. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "fmp4", "mkv", "webm"})
  void aDiskThatRunsFullEndsItWithItsReasonAndLeavesWhatFitted(String container) throws Exception {
    boolean mounted = mount();
    String name = "out." + container;
    try {
      if (!mounted) {
        Files.createSymbolicLink(folder.resolve(name + ".part"), Path.of("/dev/full"));
      }
      Map<String, ?> options =
          Map.of(
              "path", folder.resolve(name).toString(), "container", container, "bitrateKbps", 400);
      try (StreamSink sink = sink(options)) {
        sink.begin(SinkStage.both());
        MediaException full =
            assertThrows(MediaException.class, () -> stage.give(sink, 0, 500, ORIGIN));
        assertEquals(MediaException.Code.SINK_FAILED, full.code());
        assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.getMessage());
      }
      if (mounted) {
        assertTrue(Probe.lenient(folder.resolve(name + ".part")).pictureTimes().size() >= 25);
      }
    } finally {
      if (mounted) {
        assertEquals(0, new ProcessBuilder("umount", folder.toString()).start().waitFor());
      }
    }
  }

  private boolean mount() throws Exception {
    ProcessBuilder mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder.toString());
    try {
      return mount.redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone/out.mp4", "/sys/framecast-out.mp4"})
  void aPlaceThatCannotBeWrittenToIsSaidAtTheBeginning(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectory(folder.resolve("gone"));
    try (StreamSink sink = sink(file)) {
      Files.delete(folder.resolve("gone"));
      MediaException failed =
          assertThrows(MediaException.class, () -> sink.begin(SinkStage.both()));
      assertEquals(MediaException.Code.SINK_FAILED, failed.code());
    }
  }

  @Test
  void aFolderThatIsNotThereIsAWrongOption() {
    Path file = folder.resolve("missing/out.mp4");
    assertEquals("path", assertThrows(OptionException.class, () -> sink(file)).option());
  }

  @Test
  void nothingToWriteIsAFailureAndLeavesNothing() throws Exception {
    try (StreamSink sink = sink(folder.resolve("out.mp4"))) {
      sink.begin(SinkStage.both());
      MediaException failed = assertThrows(MediaException.class, sink::finish);
      assertEquals(MediaException.Code.SINK_FAILED, failed.code());
    }
    try (StreamSink sink = sink(folder.resolve("out.mp4"))) {
      MediaInfo none =
          new MediaInfo(
              java.util.Optional.empty(),
              java.util.Optional.empty(),
              java.util.Optional.empty(),
              Map.of());
      assertThrows(MediaException.class, () -> sink.begin(none));
    }
    try (var all = Files.list(folder)) {
      assertEquals(List.of(), all.toList());
    }
  }

  @Test
  void optionsThatCannotBeAreNamed() {
    assertEquals("path", refused(Map.of()).option());
    assertEquals("path", refused(Map.of("path", "/tmp/out.avi")).option());
    assertEquals("videoCodec", refused(Map.of("path", "/tmp/o.mp4", "videoCodec", "vp8")).option());
    assertEquals(
        "videoCodec", refused(Map.of("path", "/tmp/o.webm", "videoCodec", "h264")).option());
    assertEquals(
        "audioCodec", refused(Map.of("path", "/tmp/o.webm", "audioCodec", "aac")).option());
    assertEquals(
        "audioCodec",
        refused(Map.of("path", "/tmp/o.mp4", "videoCodec", "none", "audioCodec", "none")).option());
  }

  /** The usual build has no encoder; {@code -Pgpl} takes one that has. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "fmp4", "mkv"})
  void h265IsWrittenByABuildThatCanAndRefusedByOneThatCannot(String container) throws Exception {
    Path file = folder.resolve("out." + container);
    Map<String, ?> options =
        Map.of("path", file.toString(), "container", container, "videoCodec", "h265");
    boolean has = stage.codecs.pictureTrackEncoders().contains(TrackCodec.H265);
    assertEquals(System.getProperty("framecast.ffmpeg", "").endsWith("-gpl"), has);
    if (!has) {
      MediaException unsupported = assertThrows(MediaException.class, () -> sink(options));
      assertEquals(MediaException.Code.UNSUPPORTED, unsupported.code());
      String words = String.valueOf(unsupported.getMessage());
      assertTrue(words.contains("no encoder for H265"), words);
      return;
    }
    try (StreamSink sink = sink(options)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, PICTURES, ORIGIN);
      sink.finish();
    }
    Probe probe = Probe.of(file);
    assertEquals("hevc", probe.video().get("codec_name"));
    probe.requireBeats(PICTURES, BEAT, 0.001);
    assertEquals(PICTURES * BEAT, probe.durationSeconds(), 0.045, "duration");
  }

  @ParameterizedTest
  @EnumSource(HardwareEncoder.class)
  void whereThereIsNoSuchHardwareSoftwareEncodesAndItIsSaid(HardwareEncoder hardware)
      throws Exception {
    boolean here = isHere(hardware);
    List<String> said = new ArrayList<>();
    stage.context.put(Announcer.class, (Announcer) said::add);
    Path file = folder.resolve("out.mp4");
    write(file, Map.of("videoCodec", "h264", "hardware", word(hardware)));
    Probe probe = Probe.of(file);
    assertEquals("h264", probe.video().get("codec_name"));
    probe.requireBeats(PICTURES, BEAT, 0.001);
    assertEquals(here ? 0 : 1, said.size(), said.toString());
    for (String words : said) {
      assertTrue(words.startsWith("H264 is encoded by software: "), words);
      assertTrue(words.contains("h264_" + word(hardware)), words);
    }
  }

  private static String word(HardwareEncoder hardware) {
    return hardware.name().toLowerCase(Locale.ROOT);
  }

  /** Whether this machine has it: then the files of these tests are made by it. */
  private boolean isHere(HardwareEncoder hardware) {
    PictureTrackSettings settings =
        new PictureTrackSettings(TrackCodec.H264, 192, 108, 200_000, 25, 50, 8);
    try {
      stage.codecs.openHardwareTrackEncoder(hardware, settings, stage.buffers).close();
      return true;
    } catch (MediaException e) {
      return false;
    }
  }

  private void write(Path file, Map<String, ?> options) throws InterruptedException {
    Map<String, Object> all = new HashMap<>(options);
    all.put("path", file.toString());
    try (StreamSink sink = sink(all)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, PICTURES, ORIGIN);
      sink.finish();
    }
  }

  /** The encoder of software stands in for one of hardware. */
  @Test
  void hardwareThatIsThereIsUsedAndNothingIsSaid() throws Exception {
    List<String> said = new ArrayList<>();
    List<HardwareEncoder> opened = new ArrayList<>();
    stage.context.put(Announcer.class, (Announcer) said::add);
    stage.context.put(
        MediaCodecs.class,
        Proxy.newProxyInstance(
            MediaCodecs.class.getClassLoader(),
            new Class<?>[] {MediaCodecs.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("openHardwareTrackEncoder")) {
                return method.invoke(stage.codecs, arguments);
              }
              opened.add((HardwareEncoder) arguments[0]);
              return stage.codecs.openPictureTrackEncoder(
                  (PictureTrackSettings) arguments[1], (BufferPool) arguments[2]);
            }));
    Path file = folder.resolve("out.mp4");
    write(file, Map.of("hardware", "nvenc"));
    assertEquals(List.of(HardwareEncoder.NVENC), opened);
    assertEquals(List.of(), said);
    Probe.of(file).requireBeats(PICTURES, BEAT, 0.001);
  }

  @Test
  void withNeitherHardwareNorSoftwareBothReasonsAreSaid() throws Exception {
    Path file = folder.resolve("out.mp4");
    Map<String, String> options = Map.of("videoCodec", "h265", "hardware", "v4l2m2m");
    if (stage.codecs.pictureTrackEncoders().contains(TrackCodec.H265)) {
      write(file, options);
      assertEquals("hevc", Probe.of(file).video().get("codec_name"));
      return;
    }
    MediaException neither = assertThrows(MediaException.class, () -> write(file, options));
    assertEquals(MediaException.Code.UNSUPPORTED, neither.code());
    String words = String.valueOf(neither.getMessage());
    assertTrue(words.contains("hevc_v4l2m2m") && words.contains("libx265"), words);
  }

  private OptionException refused(Map<String, ?> options) {
    return assertThrows(OptionException.class, () -> sink(options));
  }

  @Test
  void aPathOutsideTheFoldersIsRefused() {
    stage.context.put(MediaFolders.class, new MediaFolders(List.of(), List.of(folder)));
    MediaException refused =
        assertThrows(MediaException.class, () -> sink(folder.resolve("../other.mp4")));
    assertEquals(MediaException.Code.OPTIONS, refused.code());
    stage.context.remove(MediaFolders.class);
    assertThrows(MediaException.class, () -> sink(folder.resolve("out.mp4")));
  }
}
