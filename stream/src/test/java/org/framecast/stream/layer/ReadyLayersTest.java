package org.framecast.stream.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.LatestPictures;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.OtherSources;
import org.framecast.stream.flow.PictureBoard;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers that somebody may choose by name: text, image, picture-in-picture, video. */
class ReadyLayersTest {
  private static final int WHITE = 235;
  private static final int RED_LUMA = 81;

  private final FramePool pool = FramePool.open("layers", 8);
  private final PictureBoard board = new PictureBoard();
  private final MediaCodecs codecs =
      ServiceLoader.load(MediaCodecs.class).findFirst().orElseThrow();
  private final Map<Class<?>, Object> parts = new HashMap<>();

  @AfterEach
  void everyFrameIsBack() {
    board.close();
    assertEquals(0, pool.live());
    assertEquals(0, codecs.liveNatives());
    pool.close();
  }

  private Layer layer(String name, Map<String, ?> options) {
    parts.putIfAbsent(FramePool.class, pool);
    ComponentContext context =
        new ComponentContext() {
          @Override
          public <T> Optional<T> find(Class<T> type) {
            return Optional.ofNullable(type.cast(parts.get(type)));
          }
        };
    LayerProvider<?> provider =
        ComponentRegistry.load(getClass().getClassLoader()).layer(name).orElseThrow();
    return create(provider, options, context);
  }

  private static <O extends Record> Layer create(
      LayerProvider<O> provider, Map<String, ?> options, ComponentContext context) {
    Layer layer = provider.create(OptionBinder.bind(provider.optionsType(), options), context);
    assertEquals(provider.name(), layer.name());
    return layer;
  }

  /** How many pixels of luma are, in a part of the picture, at least so light. */
  private static int light(TimestampedFrame frame, int right, int bottom, int least) {
    int count = 0;
    for (int y = 0; y < bottom; y++) {
      for (int x = 0; x < right; x++) {
        count += Pictures.get(frame, 0, x, y) >= least ? 1 : 0;
      }
    }
    return count;
  }

  private static final Map<String, Object> CORNER =
      Map.of("x", 0, "y", 0, "text", "Ay", "size", 40);

  private static Map<String, Object> with(Map<String, Object> options, String name, Object value) {
    Map<String, Object> more = new HashMap<>(options);
    more.put(name, value);
    return more;
  }

  @Test
  void textStandsOnItsBoxInItsColourAndSize() {
    Layer layer = layer("text", with(CORNER, "boxOpacity", 1.0));
    try (TimestampedFrame frame = Pictures.grey(pool, 300, 200)) {
      layer.process(frame);
      int ink = light(frame, 100, 60, 220);
      assertTrue(ink > 150 && ink < 2_000, "ink of two letters: " + ink);
      assertEquals(16, Pictures.get(frame, 0, 1, 1), 1, "box");
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 200, 100));
    }
    Layer large = layer("text", with(with(CORNER, "size", 120), "boxOpacity", 1.0));
    try (TimestampedFrame frame = Pictures.grey(pool, 300, 200)) {
      large.process(frame);
      assertTrue(light(frame, 300, 200, 220) > 1_200, "three times as high");
    }
  }

  @Test
  void textWithoutABoxLeavesTheGroundAndKeepsItsColour() {
    Layer layer = layer("text", with(with(CORNER, "box", false), "color", "#ff0000"));
    try (TimestampedFrame frame = Pictures.grey(pool, 300, 200)) {
      layer.process(frame);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 1, 1));
      int red = 0;
      for (int y = 0; y < 30; y++) {
        for (int x = 0; x < 60; x++) {
          red += Pictures.get(frame, 2, x, y) > 200 ? 1 : 0;
        }
      }
      assertTrue(red > 20, "red letters: " + red);
    }
  }

  @Test
  void textStandsWhereItsSharesSay() {
    Map<String, Object> options = with(with(CORNER, "x", 100), "boxOpacity", 1.0);
    Layer layer = layer("text", with(options, "y", 100));
    try (TimestampedFrame frame = Pictures.grey(pool, 300, 200)) {
      layer.process(frame);
      assertEquals(16, Pictures.get(frame, 0, 299, 199), 1);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 1, 1));
    }
  }

  @Test
  void textThatStaysIsDrawnOnceAndKept() {
    Map<String, Object> options = with(CORNER, "text", "{width}x{height}\n{source}");
    TextVisual text = TextVisual.of(OptionBinder.bind(TextOptions.class, options), pool);
    try (TimestampedFrame one = Pictures.grey(pool, 300, 200)) {
      assertEquals(text.version(one), text.version(one));
      assertEquals("300x200\ntest", text.version(one));
    }
    TextVisual plain =
        TextVisual.of(OptionBinder.bind(TextOptions.class, with(CORNER, "text", "same")), pool);
    try (TimestampedFrame one = Pictures.grey(pool, 300, 200)) {
      assertSame(plain.version(one), plain.version(one), "nothing is made");
    }
    TextVisual counts =
        TextVisual.of(OptionBinder.bind(TextOptions.class, with(CORNER, "text", "{frame}")), pool);
    try (TimestampedFrame one = Pictures.grey(pool, 300, 200)) {
      assertSame(org.framecast.stream.flow.VisualSource.LIVE, counts.version(one));
    }
  }

  @Test
  void placeholdersStandForWhatBelongsToTheFrame() {
    TextTemplate template =
        TextTemplate.parse("{time}.{millis} #{frame} {source} {width} {camera}{none} {not a name");
    assertTrue(template.changesWithEveryFrame());
    try (VideoFrame pixels = pool.acquire(FrameShape.i420(30, 20))) {
      TimestampedFrame first = new TimestampedFrame(pixels, "studio", 6, 5_000_000_000L);
      first.metadata(Map.of("camera", "left"));
      assertEquals("00:00:00.000 #6 studio 30 left {not a name", template.fill(first));
      long later = 5_000_000_000L + ((2 * 3600 + 3 * 60 + 4) * 1000L + 56) * 1_000_000L;
      assertEquals(
          "02:03:04.056 #7 studio 30  {not a name",
          template.fill(new TimestampedFrame(pixels, "studio", 7, later)));
      assertEquals(
          "00:00:00.000 #5 studio 30  {not a name",
          template.fill(new TimestampedFrame(pixels, "studio", 5, 4_000_000_000L)));
    }
  }

  @Test
  void textLargerThanThePictureIsCutAndNoTextIsNothing() {
    Layer layer = layer("text", with(with(CORNER, "text", "W".repeat(200)), "size", 400));
    Layer none = layer("text", with(CORNER, "text", "{none}"));
    try (TimestampedFrame frame = Pictures.grey(pool, 33, 21);
        TimestampedFrame other = Pictures.grey(pool, 33, 21)) {
      layer.process(frame);
      assertTrue(Pictures.get(frame, 0, 0, 0) < Pictures.GREY);
      none.process(other);
      assertEquals(Pictures.GREY, Pictures.get(other, 0, 0, 0));
    }
  }

  @Test
  void withoutFontsTextIsMadeOfDots() {
    Lettering.Dots dots = new Lettering.Dots(3);
    assertEquals(2 * 6 * 3, dots.width("Éa"));
    Canvases canvases = new Canvases();
    try (VideoFrame picture =
        canvases.draw(
            pool,
            40,
            dots.lineHeight(),
            canvas -> {
              canvas.setColor(java.awt.Color.WHITE);
              dots.draw(canvas, "T", 0, 0);
              return Canvases.Outcome.DRAWN;
            })) {
      for (int x = 0; x < 15; x++) {
        int alpha =
            picture
                    .plane(0)
                    .get(
                        java.lang.foreign.ValueLayout.JAVA_BYTE, 4L * picture.stride(0) + 4 * x + 3)
                & 0xFF;
        assertEquals(255, alpha, "the bar of the T at " + x);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "red", "#12345", "#GGGGGG", "123456"})
  void coloursAreChecked(String colour) {
    OptionException refused =
        assertThrows(OptionException.class, () -> layer("text", with(CORNER, "color", colour)));
    assertEquals("color", refused.option());
    refused =
        assertThrows(OptionException.class, () -> layer("text", with(CORNER, "boxColor", colour)));
    assertEquals("boxColor", refused.option());
  }

  @Test
  void sizesAreHeldToTheirLimits() {
    layer("text", with(CORNER, "size", 8));
    layer("text", with(CORNER, "size", 400));
    for (int size : new int[] {7, 401}) {
      assertThrows(OptionException.class, () -> layer("text", with(CORNER, "size", size)));
    }
    layer("text", with(CORNER, "text", "x".repeat(200)));
    assertThrows(OptionException.class, () -> layer("text", with(CORNER, "text", "x".repeat(201))));
  }

  private static StillImage red(int width, int height, int alpha) {
    int[] argb = new int[width * height];
    java.util.Arrays.fill(argb, alpha << 24 | 0xFF0000);
    return new StillImage(width, height, argb);
  }

  @Test
  void theSourceImageLiesOverThePictureAsLargeAndOpaqueAsSaid() {
    parts.put(StillImage.class, red(40, 20, 255));
    Map<String, Object> options = Map.of("x", 0, "y", 0, "scale", 2.0, "opacity", 0.5);
    Layer layer = layer("image", options);
    for (int i = 0; i < 3; i++) {
      try (TimestampedFrame frame = Pictures.grey(pool, 200, 100)) {
        layer.process(frame);
        assertEquals((RED_LUMA + Pictures.GREY) / 2.0, Pictures.get(frame, 0, 79, 39), 1.5);
        assertEquals(Pictures.GREY, Pictures.get(frame, 0, 80, 39));
        assertEquals(Pictures.GREY, Pictures.get(frame, 0, 79, 40));
      }
    }
  }

  @Test
  void anImageFileIsReadFromAFolderThatMayBeRead(@TempDir Path folder) throws IOException {
    BufferedImage image = new BufferedImage(30, 10, BufferedImage.TYPE_INT_ARGB);
    for (int x = 0; x < 15; x++) {
      for (int y = 0; y < 10; y++) {
        image.setRGB(x, y, 0xFFFF0000);
      }
    }
    assertTrue(ImageIO.write(image, "png", folder.resolve("logo.png").toFile()));
    parts.put(MediaFolders.class, new MediaFolders(List.of(folder), List.of()));
    parts.put(MediaCodecs.class, codecs);
    Layer layer = layer("image", Map.of("file", "logo.png", "x", 0, "y", 0));
    try (TimestampedFrame frame = Pictures.grey(pool, 200, 100)) {
      layer.process(frame);
      assertEquals(RED_LUMA, Pictures.get(frame, 0, 13, 5), 1);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 20, 5), "transparent");
    }
    for (String bad : List.of("../x.png", "/etc/hostname", "http://x/y.png", "other.png")) {
      MediaException refused =
          assertThrows(MediaException.class, () -> layer("image", Map.of("file", bad)));
      assertEquals(MediaException.Code.OPTIONS, refused.code(), bad);
    }
    Files.writeString(folder.resolve("text.png"), "no image");
    MediaException broken =
        assertThrows(MediaException.class, () -> layer("image", Map.of("file", "text.png")));
    assertEquals(MediaException.Code.MALFORMED, broken.code());
    Files.write(folder.resolve("empty.png"), new byte[0]);
    assertThrows(MediaException.class, () -> layer("image", Map.of("file", "empty.png")));
  }

  @Test
  void imageFilesAreHeldToTheirLimits(@TempDir Path folder) throws IOException {
    parts.put(MediaFolders.class, new MediaFolders(List.of(folder), List.of()));
    parts.put(MediaCodecs.class, codecs);
    write(folder.resolve("fits.png"), ImageFiles.MAX_SIDE);
    write(folder.resolve("wide.png"), ImageFiles.MAX_SIDE + 1);
    layer("image", Map.of("file", "fits.png"));
    OptionException wide =
        assertThrows(OptionException.class, () -> layer("image", Map.of("file", "wide.png")));
    assertEquals("file", wide.option());
    try (var large = new java.io.RandomAccessFile(folder.resolve("large.png").toFile(), "rw")) {
      large.setLength(ImageFiles.MAX_BYTES + 1L);
    }
    assertThrows(OptionException.class, () -> layer("image", Map.of("file", "large.png")));
    assertThrows(OptionException.class, () -> layer("image", Map.of("file", ".")));
  }

  private static void write(Path file, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, 1, BufferedImage.TYPE_INT_RGB);
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  @Test
  void anImageNeedsAFileOrASourceImage() {
    OptionException refused = assertThrows(OptionException.class, () -> layer("image", Map.of()));
    assertEquals("file", refused.option());
  }

  @Test
  void pictureInPictureNamesASourceThatIsThere() {
    parts.put(LatestPictures.class, board);
    parts.put(OtherSources.class, (OtherSources) board::has);
    for (String none : List.of("", " ", "cam")) {
      OptionException refused =
          assertThrows(
              OptionException.class, () -> layer("picture-in-picture", Map.of("source", none)));
      assertEquals("source", refused.option());
    }
    try (StreamSink sink = board.sink("cam")) {
      assertEquals(
          "picture-in-picture", layer("picture-in-picture", Map.of("source", "cam")).name());
      assertTrue(board.has("cam"));
    }
    assertThrows(OptionException.class, () -> layer("picture-in-picture", Map.of("source", "cam")));
  }

  @Test
  void anotherSourcesLatestPictureLiesInThePicture() throws InterruptedException {
    parts.put(LatestPictures.class, board);
    Map<String, Object> options = Map.of("source", "cam", "x", 0, "y", 0, "width", 25);
    Layer layer = layer("picture-in-picture", options);
    try (TimestampedFrame frame = Pictures.grey(pool, 200, 100)) {
      layer.process(frame);
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 10, 10), "nothing of it yet");
      StreamSink sink = board.sink("cam");
      assertThrows(IllegalArgumentException.class, () -> board.sink("cam"));
      give(sink, 200);
      layer.process(frame);
      assertEquals(200, Pictures.get(frame, 0, 10, 10));
      assertEquals(200, Pictures.get(frame, 0, 49, 24));
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 50, 24));
      assertEquals(Pictures.GREY, Pictures.get(frame, 0, 49, 25));
      give(sink, 60);
      layer.process(frame);
      assertEquals(60, Pictures.get(frame, 0, 10, 10), "the latest");
      sink.close();
      give(sink, 70);
      layer.process(frame);
      assertEquals(60, Pictures.get(frame, 0, 10, 10), "gone: nothing is laid");
    }
  }

  private void give(StreamSink sink, int luma) throws InterruptedException {
    VideoFrame pixels = pool.acquire(FrameShape.i420(160, 80));
    pixels.plane(0).fill((byte) luma);
    pixels.plane(1).fill((byte) 128);
    pixels.plane(2).fill((byte) 128);
    try (TimestampedFrame frame = new TimestampedFrame(pixels, "cam", 0, 0)) {
      sink.accept(frame);
    }
  }

  @Test
  void videoPassesThrough() {
    Layer layer = layer("video", Map.of());
    try (TimestampedFrame frame = Pictures.checkered(pool, 40, 30);
        TimestampedFrame same = Pictures.checkered(pool, 40, 30)) {
      VideoFrame pixels = frame.pixels();
      layer.process(frame);
      assertSame(pixels, frame.pixels());
      assertEquals(-1, pixels.plane(0).mismatch(same.pixels().plane(0)));
      try (VideoFrame shown = new VideoLayer().picture(frame)) {
        assertSame(pixels, shown);
      }
    }
  }

  @Test
  void withoutAPoolALayerThatDrawsIsRefused() {
    MediaException refused = assertThrows(MediaException.class, ReadyLayersTest::withoutPool);
    assertEquals(MediaException.Code.OPTIONS, refused.code());
  }

  private static void withoutPool() {
    ComponentContext nothing =
        new ComponentContext() {
          @Override
          public <T> Optional<T> find(Class<T> type) {
            return Optional.empty();
          }
        };
    new TextLayerProvider().create(OptionBinder.bind(TextOptions.class, CORNER), nothing);
  }
}
