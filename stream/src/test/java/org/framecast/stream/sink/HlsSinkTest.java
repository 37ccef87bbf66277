package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.sink.HlsStore.Reload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Playlists held against the standard, and media as FFmpeg's own programs read it. */
class HlsSinkTest {
  private static final long ORIGIN = 7_000_000_000L;
  private static final double BEAT = 1.0 / SinkStage.FRAME_RATE;
  private static final List<String> ALL = List.of("video0", "video1", "video2", "sound");

  private final SinkStage stage = new SinkStage();
  private final HlsStore store = new HlsStore();
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    stage.close();
  }

  private StreamSink sink(Map<String, ?> options) {
    stage.context.put(HlsStore.class, store);
    return new HlsSinkProvider().create(OptionBinder.bind(HlsSinkOptions.class, options), stage);
  }

  private StreamSink toFolder(int window) {
    return sink(Map.of("path", folder.toString(), "segmentSeconds", 1.0, "window", window));
  }

  private HlsText file(String name) throws IOException {
    return HlsText.parse(Files.readString(folder.resolve(name + ".m3u8")));
  }

  private String text(String name) {
    return new String(store.find(name + ".m3u8").orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aWholeStreamIsALadderOfCompletePlaylists() throws Exception {
    try (StreamSink sink = toFolder(0)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 110, ORIGIN);
      sink.finish();
    }
    for (String name : ALL) {
      HlsText playlist = file(name);
      assertTrue(playlist.ended());
      assertEquals(1, playlist.targetSeconds());
      assertEquals(5, playlist.segments().size());
      assertEquals(
          4.4, playlist.segments().stream().mapToDouble(HlsText.Segment::seconds).sum(), 0.05);
      assertTrue(
          Files.readString(folder.resolve(name + ".m3u8")).contains("#EXT-X-PLAYLIST-TYPE:VOD"));
    }
    assertEquals(seconds(file("video0")), seconds(file("video1")));
    assertEquals(seconds(file("video0")), seconds(file("video2")));
    String[] sizes = {"192x108", "96x54", "48x26"};
    for (int i = 0; i < sizes.length; i++) {
      Probe probe = Probe.of(folder.resolve("video" + i + ".m3u8"));
      assertEquals(
          sizes[i], probe.video().get("width") + "x" + probe.video().get("height"), "rung " + i);
      assertEquals("h264", probe.video().get("codec_name"));
      probe.requireBeats(110, BEAT, 0.001);
      assertEquals(4.4, probe.durationSeconds(), 0.05);
    }
    Probe sound = Probe.of(folder.resolve("sound.m3u8"));
    assertEquals("aac", sound.audio().get("codec_name"));
    assertEquals(0, sound.soundTimes().getFirst(), 0.022);
    assertEquals(4.4, sound.soundTimes().getLast(), 0.05);
  }

  private static List<Double> seconds(HlsText playlist) {
    return playlist.segments().stream().map(HlsText.Segment::seconds).toList();
  }

  @Test
  void theIndexNamesEveryRenditionAndFfmpegPlaysIt() throws Exception {
    try (StreamSink sink = toFolder(0)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 60, ORIGIN);
      sink.finish();
    }
    String text = Files.readString(folder.resolve("index.m3u8"));
    List<String> lines = text.lines().toList();
    assertEquals("#EXTM3U", lines.getFirst());
    assertTrue(
        text.contains(
            "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"Sound\",DEFAULT=YES,"
                + "AUTOSELECT=YES,CHANNELS=\"2\",URI=\"sound.m3u8\""),
        text);
    Pattern variant =
        Pattern.compile(
            "#EXT-X-STREAM-INF:BANDWIDTH=(\\d+),AVERAGE-BANDWIDTH=(\\d+),"
                + "CODECS=\"avc1\\.42C0[0-9A-F]{2},mp4a\\.40\\.2\",RESOLUTION=(\\d+x\\d+),"
                + "FRAME-RATE=25\\.000,AUDIO=\"sound\"");
    List<String> sizes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int at = lines.indexOf("video" + i + ".m3u8");
      Matcher told = variant.matcher(lines.get(at - 1));
      assertTrue(told.matches(), lines.get(at - 1));
      sizes.add(told.group(3));
      long bandwidth = Long.parseLong(told.group(1));
      assertTrue(bandwidth >= Long.parseLong(told.group(2)));
      for (HlsText.Segment segment : file("video" + i).segments()) {
        double bps = Files.size(folder.resolve(segment.uri())) * 8 / segment.seconds();
        assertTrue(bps <= bandwidth, bps + " over " + bandwidth);
      }
    }
    assertEquals(List.of("192x108", "96x54", "48x26"), sizes);
    String said =
        Probe.run(
            List.of(
                Loader.load(org.bytedeco.ffmpeg.ffmpeg.class),
                "-v",
                "error",
                "-i",
                folder.resolve("index.m3u8").toString(),
                "-map",
                "0",
                "-f",
                "null",
                "-"));
    assertEquals("", said.strip(), "ffmpeg decodes all without a complaint");
  }

  @Test
  void theWindowMovesAndOldFilesGo() throws Exception {
    try (StreamSink sink = toFolder(3)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 320, ORIGIN);
      for (String name : ALL) {
        HlsText playlist = file(name);
        assertFalse(playlist.ended());
        assertEquals(3, playlist.segments().size());
        assertEquals(9, playlist.first(), name);
        for (HlsText.Segment segment : playlist.segments()) {
          assertTrue(Files.exists(folder.resolve(segment.uri())), segment.uri());
        }
        assertFalse(Files.exists(folder.resolve(name + "-4.m4s")));
        assertTrue(Files.exists(folder.resolve(name + "-5.m4s")), "for those who are behind");
      }
      sink.finish();
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(4 * (3 + 4 + 2) + 1, all.count(), "segments, headers, playlists, index");
    }
    assertEquals(10, file("sound").first());
  }

  @Test
  void partsAreNamedAsTheStandardWantsAndMakeTheirSegment() throws Exception {
    try (StreamSink sink = sink(Map.of("segmentSeconds", 1.0, "window", 4))) {
      sink.begin(SinkStage.both());
      for (int i = 0; i < 200; i++) {
        stage.give(sink, i, 1, ORIGIN);
        if (i > 10) {
          for (String name : ALL) {
            HlsText.parse(text(name));
          }
        }
      }
      for (String name : ALL) {
        HlsText playlist = HlsText.parse(text(name));
        assertEquals(4, playlist.segments().size());
        assertEquals(3, playlist.reports().size());
        assertTrue(playlist.segments().get(0).parts().isEmpty(), "old parts are not named");
        assertFalse(playlist.segments().get(2).parts().isEmpty());
        assertTrue(playlist.segments().get(3).parts().get(0).independent());
        assertEquals("sound".equals(name), playlist.segments().get(3).parts().get(1).independent());
        for (HlsText.Segment segment : playlist.segments()) {
          ByteArrayOutputStream parts = new ByteArrayOutputStream();
          segment.parts().forEach(part -> parts.writeBytes(bytes(part.uri())));
          if (parts.size() > 0) {
            assertArrayEquals(bytes(segment.uri()), parts.toByteArray());
          }
        }
      }
      sink.finish();
    }
    HlsText whole = HlsText.parse(text("video0"));
    assertTrue(whole.ended());
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(bytes(whole.map()));
    whole.segments().forEach(segment -> joined.writeBytes(bytes(segment.uri())));
    Path file = folder.resolve("joined.mp4");
    Files.write(file, joined.toByteArray());
    assertEquals(
        Math.round(seconds(whole).stream().mapToDouble(Double::doubleValue).sum() / BEAT),
        Probe.of(file).pictureTimes().size());
    long held = store.sizeBytes();
    assertTrue(held > 0 && held < 4 << 20, held + " bytes are held");
  }

  private byte[] bytes(String name) {
    return store.find(name).orElseThrow(() -> new AssertionError("no " + name)).bytes();
  }

  @Test
  void whoWaitsGetsThePlaylistWithWhatWasAskedFor() throws Exception {
    try (StreamSink sink = sink(Map.of("segmentSeconds", 1.0))) {
      sink.begin(SinkStage.both());
      assertInstanceOf(Reload.Unknown.class, store.reload("video0.m3u8", 0, 0).get());
      CompletableFuture<Optional<HlsStore.Content>> begin = store.multivariant();
      assertFalse(begin.isDone());
      stage.give(sink, 0, 30, ORIGIN);
      assertEquals(store.find(HlsStore.MULTIVARIANT), store.multivariant().get());
      assertTrue(begin.get().isPresent());
      assertInstanceOf(
          Reload.TooFar.class,
          store.reload("video0.m3u8", 3, 0).getNow(new Reload.Unknown()),
          "two ahead of segment 0 is the most");
      assertInstanceOf(Reload.Ready.class, store.reload("video0.m3u8", 0, 0).get());
      assertFalse(
          store.reload("video0.m3u8", 0, 9).isDone(),
          "behind the last part is the first of the next segment");
      CompletableFuture<Reload> part = store.reload("video0.m3u8", 1, 1);
      CompletableFuture<Reload> segment = store.reload("sound.m3u8", 1, -1);
      CompletableFuture<Reload> givenUp = store.reload("video0.m3u8", 1, 2);
      givenUp.complete(new Reload.Unknown());
      String hint = HlsText.parse(text("video0")).hint().orElseThrow();
      CompletableFuture<Optional<HlsStore.Content>> hinted = store.part(hint);
      assertFalse(hinted.isDone());
      assertTrue(store.part("video0-99.0.m4s").get().isEmpty(), "nobody said so");
      stage.give(sink, 30, 25, ORIGIN);
      HlsText ready = playlist(part);
      assertTrue(ready.segments().size() > 1 || ready.openParts().size() > 1, ready.toString());
      assertTrue(playlist(segment).segments().size() > 1);
      assertArrayEquals(bytes(hint), hinted.get().orElseThrow().bytes());
      assertInstanceOf(Reload.Unknown.class, givenUp.get());
      CompletableFuture<Reload> beyond = store.reload("video0.m3u8", 3, 0);
      assertFalse(beyond.isDone());
      sink.finish();
      assertTrue(playlist(beyond).ended(), "the end answers who waits");
    }
  }

  private static HlsText playlist(CompletableFuture<Reload> waiting) throws Exception {
    assertTrue(waiting.isDone(), "it was answered by the sink's own thread");
    Reload.Ready ready = assertInstanceOf(Reload.Ready.class, waiting.get());
    return HlsText.parse(new String(ready.playlist().bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void aSinkThatIsCutOffAnswersWhoWaits() throws Exception {
    CompletableFuture<Reload> waiting;
    try (StreamSink sink = sink(Map.of("segmentSeconds", 1.0))) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 30, ORIGIN);
      waiting = store.reload("video0.m3u8", 2, 0);
      assertFalse(waiting.isDone());
    }
    assertFalse(playlist(waiting).ended());
  }

  @Test
  void noPartIsLongerThanIsSaidWhenPicturesComeUnevenly() throws Exception {
    try (StreamSink sink = sink(Map.of("segmentSeconds", 1.0, "rungs", 1))) {
      sink.begin(SinkStage.pictures());
      for (int beat = 0; beat < 200; beat += 1 + beat * 7 % 5) {
        try (TimestampedFrame frame = stage.picture(beat, ORIGIN + beat * SinkStage.FRAME_NANOS)) {
          sink.accept(frame);
        }
      }
      Matcher target = Pattern.compile("PART-TARGET=([0-9.]+)").matcher(text("video0"));
      assertTrue(target.find());
      List<Double> parts =
          Pattern.compile("#EXT-X-PART:DURATION=([0-9.]+)")
              .matcher(text("video0"))
              .results()
              .map(part -> Double.parseDouble(part.group(1)))
              .toList();
      assertTrue(parts.size() > 7, text("video0"));
      for (double part : parts) {
        assertTrue(part <= Double.parseDouble(target.group(1)), text("video0"));
      }
    }
  }

  @Test
  void playlistsMayLieElsewhereThanTheirIndex() throws Exception {
    HlsStore other = new HlsStore("run7/");
    stage.context.put(HlsStore.class, other);
    try (StreamSink sink =
        new HlsSinkProvider().create(OptionBinder.bind(HlsSinkOptions.class, Map.of()), stage)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 30, ORIGIN);
      String index =
          new String(other.multivariant().get().orElseThrow().bytes(), StandardCharsets.UTF_8);
      assertTrue(index.contains("\nrun7/video0.m3u8\n"), index);
      assertTrue(index.contains("URI=\"run7/sound.m3u8\""), index);
      assertTrue(other.find("video0.m3u8").isPresent(), "their own names are as before");
    }
  }

  @Test
  void aPauseShowsTheLastPictureAgainSoThatSegmentsKeepTheirLength() throws Exception {
    try (StreamSink sink = toFolder(0)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, 20, ORIGIN);
      for (int block = 40; block < 240; block++) {
        try (AudioFrame sound = stage.sound(block, ORIGIN + block * SinkStage.BLOCK_NANOS)) {
          sink.accept(sound);
        }
      }
      stage.give(sink, 120, 20, ORIGIN);
      sink.finish();
    }
    HlsText playlist = file("video0");
    assertEquals(6, playlist.segments().size());
    List<Double> times = Probe.of(folder.resolve("video0.m3u8")).pictureTimes();
    assertEquals(5.56, times.getLast(), 0.001);
    for (int i = 1; i < times.size(); i++) {
      assertTrue(times.get(i) - times.get(i - 1) <= 0.41, "from " + times.get(i - 1));
    }
  }

  @Test
  void timeBeginsWithTheEarlierKind() throws Exception {
    try (StreamSink sink = toFolder(0)) {
      sink.begin(SinkStage.both());
      for (int block = 0; block < 50; block++) {
        long pts = ORIGIN + 200_000_000 + block * SinkStage.BLOCK_NANOS;
        try (AudioFrame sound = stage.sound(block, pts)) {
          sink.accept(sound);
        }
      }
      for (int i = 0; i < 30; i++) {
        try (TimestampedFrame frame = stage.picture(i, ORIGIN + i * SinkStage.FRAME_NANOS)) {
          sink.accept(frame);
        }
      }
      sink.finish();
    }
    Probe.of(folder.resolve("video0.m3u8")).requireBeats(30, BEAT, 0.001);
  }

  @Test
  void picturesThatComeLateAreTakenInAndNamed() throws Exception {
    try (StreamSink sink = sink(Map.of("path", folder.toString(), "window", 0, "rungs", 1))) {
      sink.begin(SinkStage.both());
      for (int block = 0; block < 600; block++) {
        try (AudioFrame sound = stage.sound(block, ORIGIN + block * SinkStage.BLOCK_NANOS)) {
          sink.accept(sound);
        }
      }
      assertFalse(Files.readString(folder.resolve("index.m3u8")).contains("video0"));
      stage.give(sink, 300, 60, ORIGIN);
      sink.finish();
    }
    assertTrue(Files.readString(folder.resolve("index.m3u8")).contains("video0"));
    List<Double> times = Probe.of(folder.resolve("video0.m3u8")).pictureTimes();
    assertEquals(60, times.size());
    assertEquals(12, times.getFirst(), 0.001);
  }

  @Test
  void picturesAloneAndSoundAloneHaveNoOther() throws Exception {
    try (StreamSink sink =
        sink(Map.of("path", folder.toString(), "segmentSeconds", 1.0, "rungs", 1))) {
      sink.begin(SinkStage.pictures());
      stage.give(sink, 0, 30, ORIGIN);
      sink.finish();
    }
    String text = Files.readString(folder.resolve("index.m3u8"));
    assertTrue(!text.contains("AUDIO") && !text.contains("mp4a"), text);
    assertEquals(30, Probe.of(folder.resolve("video0.m3u8")).pictureTimes().size());
    Path other = folder.resolve("sound");
    try (StreamSink sink = sink(Map.of("path", other.toString(), "segmentSeconds", 1.0))) {
      sink.begin(
          org.framecast.stream.media.MediaInfo.ofAudio(
              org.framecast.stream.media.AudioInfo.WORKING));
      stage.give(sink, 0, 30, ORIGIN);
      sink.finish();
    }
    assertTrue(Files.readString(other.resolve("index.m3u8")).endsWith("\nsound.m3u8\n"));
    assertEquals(1.2, Probe.of(other.resolve("sound.m3u8")).soundTimes().getLast(), 0.05);
  }

  @Test
  void whatCannotBeIsSaid() throws Exception {
    assertEquals("window", refused(Map.of("window", 0)).option());
    assertEquals("path", refused(Map.of("path", folder.resolve("no/where").toString())).option());
    Map<String, Object> options = new HashMap<>(Map.of("path", folder.toString()));
    options.put("segmentSeconds", 1.0);
    Files.createSymbolicLink(folder.resolve("video0-0.m4s.part"), Path.of("/dev/full"));
    try (StreamSink sink = sink(options)) {
      sink.begin(SinkStage.both());
      MediaException full =
          assertThrows(MediaException.class, () -> stage.give(sink, 0, 60, ORIGIN));
      assertEquals(MediaException.Code.SINK_FAILED, full.code());
      assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full.getMessage());
    }
    stage.context.clear();
    assertThrows(
        MediaException.class,
        () ->
            new HlsSinkProvider().create(OptionBinder.bind(HlsSinkOptions.class, Map.of()), stage));
  }

  private OptionException refused(Map<String, ?> options) {
    return assertThrows(OptionException.class, () -> sink(options));
  }
}
