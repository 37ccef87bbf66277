package org.framecast.stream.compositor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.Composition;
import org.framecast.stream.flow.Composition.Ground;
import org.framecast.stream.flow.Compositor;
import org.framecast.stream.flow.Placement;
import org.framecast.stream.flow.Visual;
import org.framecast.stream.flow.Visual.Look;
import org.framecast.stream.flow.Visual.Visibility;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.layer.VideoLayer;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.PoolExhaustedException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DefaultCompositorTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 36;
  private static final int BELOW = 90;

  private final FramePool pool = FramePool.open("compositor", 12);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private TimestampedFrame video(long number) {
    VideoFrame pixels = pool.acquire(FrameShape.i420(WIDTH, HEIGHT));
    pixels.plane(0).fill((byte) BELOW);
    pixels.plane(1).fill((byte) 128);
    pixels.plane(2).fill((byte) 128);
    return new TimestampedFrame(pixels, "test", number, number * 40_000_000);
  }

  /** A grey of that level over everything, as opaque as said; counts how often it is asked. */
  private final class Grey implements VisualSource {
    private final int level;
    private final int alpha;
    private final boolean live;
    private int asked;

    Grey(int level, int alpha, boolean live) {
      this.level = level;
      this.alpha = alpha;
      this.live = live;
    }

    @Override
    public Object version(TimestampedFrame frame) {
      return live ? LIVE : this;
    }

    @Override
    public @Nullable VideoFrame picture(TimestampedFrame frame) {
      asked++;
      VideoFrame picture = pool.acquire(new FrameShape(PixelFormat.RGBA, WIDTH, HEIGHT));
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH * 4; x++) {
          picture
              .plane(0)
              .set(
                  ValueLayout.JAVA_BYTE,
                  (long) y * picture.stride(0) + x,
                  (byte) (x % 4 == 3 ? alpha : level));
        }
      }
      return picture;
    }
  }

  private Visual grey(String name, int level, int alpha) {
    return Visual.of(name, new Grey(level, alpha, true));
  }

  private static double luma(int level) {
    return 16 + level * 219 / 255.0;
  }

  private static int get(VideoFrame frame, int x, int y) {
    return frame.plane(0).get(ValueLayout.JAVA_BYTE, (long) y * frame.stride(0) + x) & 0xFF;
  }

  private int composed(Compositor compositor) {
    try (TimestampedFrame frame = video(0)) {
      compositor.process(frame);
      return get(frame.pixels(), 20, 20);
    }
  }

  private DefaultCompositor over(Visual... visuals) {
    return new DefaultCompositor(Composition.over(visuals), pool);
  }

  @Test
  void laysVisualsOverThePictureThatPassesInItsOwnMemory() {
    DefaultCompositor compositor = over(grey("a", 255, 128), grey("b", 0, 64));
    try (TimestampedFrame frame = video(0)) {
      VideoFrame pixels = frame.pixels();
      compositor.process(frame);
      assertSame(pixels, frame.pixels(), "no copy");
      double first = luma(255) * 128 / 255 + BELOW * (1 - 128 / 255.0);
      double both = luma(0) * 64 / 255 + first * (1 - 64 / 255.0);
      assertEquals(both, get(pixels, 20, 20), 1.6);
    }
  }

  @Test
  void higherLiesAboveAndOfEqualOnesTheLater() {
    Visual low = grey("low", 10, 255).with(Look.z(1));
    Visual high = grey("high", 200, 255).with(Look.z(2));
    assertEquals(luma(200), composed(over(low, high)), 1);
    assertEquals(luma(200), composed(over(high, low)), 1);
    Visual equal = grey("equal", 60, 255).with(Look.z(2));
    assertEquals(luma(60), composed(over(high, equal, low)), 1);
    assertEquals(luma(10), composed(over(low.with(Look.z(3)), high, equal)), 1);
  }

  @Test
  void whatIsHiddenOrWithoutOpacityIsNotAskedFor() {
    Grey source = new Grey(255, 255, true);
    Visual hidden = Visual.of("a", source).with(new Look(0, Visibility.HIDDEN, 1));
    Visual clear = Visual.of("b", source).with(new Look(0, Visibility.VISIBLE, 0));
    assertEquals(BELOW, composed(over(hidden, clear)));
    assertEquals(0, source.asked);
    assertEquals(luma(255), composed(over(hidden.with(Look.PLAIN))), 1);
  }

  @Test
  void opacityMultipliesAlpha() {
    Visual half = grey("a", 255, 128).with(new Look(0, Visibility.VISIBLE, 0.5));
    double cover = 128 / 255.0 / 2;
    assertEquals(luma(255) * cover + BELOW * (1 - cover), composed(over(half)), 1);
  }

  @Test
  void placesAndScales() {
    Visual small = grey("a", 255, 255).at(new Placement.At(10, 8, 0.25));
    try (TimestampedFrame frame = video(0)) {
      over(small).process(frame);
      VideoFrame pixels = frame.pixels();
      assertEquals(luma(255), get(pixels, 10, 8), 1);
      assertEquals(luma(255), get(pixels, 25, 16), 1);
      assertEquals(BELOW, get(pixels, 26, 16));
      assertEquals(BELOW, get(pixels, 25, 17));
      assertEquals(BELOW, get(pixels, 9, 8));
    }
  }

  @Test
  void whatStaysIsPreparedOnceAndGivesTheSame() {
    Grey stays = new Grey(200, 99, false);
    Grey live = new Grey(200, 99, true);
    DefaultCompositor kept = over(Visual.of("a", stays), Visual.of("b", stays));
    DefaultCompositor anew = over(Visual.of("a", live), Visual.of("b", live));
    for (int i = 0; i < 20; i++) {
      assertEquals(composed(anew), composed(kept));
    }
    assertEquals(4, stays.asked, "each twice: once to see it stay, once to prepare");
    assertEquals(40, live.asked);
  }

  @Test
  void whatStaysIsPreparedAnewForAnotherSizePlaceAndOpacity() {
    Grey stays = new Grey(255, 255, false);
    Visual visual = Visual.of("a", stays);
    DefaultCompositor compositor = over(visual);
    for (int i = 0; i < 3; i++) {
      assertEquals(luma(255), composed(compositor), 1);
    }
    compositor.composition(Composition.over(visual.at(new Placement.At(30, 0, 1))));
    for (int i = 0; i < 3; i++) {
      assertEquals(BELOW, composed(compositor));
    }
    Look half = new Look(0, Visibility.VISIBLE, 0.5);
    compositor.composition(Composition.over(visual.with(half)));
    for (int i = 0; i < 3; i++) {
      assertEquals((luma(255) + BELOW) / 2, composed(compositor), 1);
    }
    try (TimestampedFrame frame = video(0);
        VideoFrame large = pool.acquire(FrameShape.i420(2 * WIDTH, HEIGHT))) {
      large.plane(0).fill((byte) BELOW);
      assertEquals(1, compositor.compose(large, frame));
      assertEquals((luma(255) + BELOW) / 2, get(large, WIDTH - 1, 20), 1);
      assertEquals(BELOW, get(large, WIDTH, 20));
    }
  }

  @Test
  void theCompositionIsReplacedBetweenFramesWhileManyWork() throws InterruptedException {
    DefaultCompositor compositor = over(grey("a", 0, 255));
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> workers =
        IntStream.range(0, 3)
            .mapToObj(
                n ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              try {
                                for (int i = 0; i < 500; i++) {
                                  int seen = composed(compositor);
                                  assertTrue(
                                      seen == 16 || seen == 235, "one of the two, whole: " + seen);
                                }
                              } catch (Throwable e) {
                                failures.add(e);
                              }
                            }))
            .toList();
    Grey white = new Grey(255, 255, false);
    Grey black = new Grey(0, 255, false);
    while (workers.stream().anyMatch(Thread::isAlive)) {
      compositor.composition(Composition.over(Visual.of("white", white)));
      compositor.composition(Composition.over(Visual.of("black", black), Visual.of("same", black)));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertEquals(List.of(), failures);
  }

  @Test
  void composesOverRgbaToo() {
    try (TimestampedFrame frame = video(0);
        VideoFrame target = pool.acquire(new FrameShape(PixelFormat.RGBA, WIDTH, HEIGHT))) {
      target.block().fill((byte) 0);
      Visual stays = Visual.of("a", new Grey(80, 128, false));
      DefaultCompositor compositor = over(stays);
      for (int i = 0; i < 3; i++) {
        target.block().fill((byte) 0);
        assertEquals(1, compositor.compose(target, frame));
        assertEquals(80, get(target, 4 * 20, 20), 1);
        assertEquals(128, get(target, 4 * 20 + 3, 20), 1);
      }
    }
  }

  @Test
  void onBlackThePictureItselfIsOneOfTheVisuals() {
    Visual video = Visual.of("video", new VideoLayer()).at(new Placement.At(0, 0, 0.5));
    DefaultCompositor compositor =
        new DefaultCompositor(new Composition(Ground.BLACK, List.of(video)), pool);
    try (TimestampedFrame frame = video(0)) {
      compositor.process(frame);
      assertEquals(BELOW, get(frame.pixels(), 31, 17));
      assertEquals(16, get(frame.pixels(), 32, 17));
      assertEquals(16, get(frame.pixels(), 31, 18));
    }
    over(Visual.of("video", new VideoLayer()));
    assertEquals(BELOW, composed(over(Visual.of("video", new VideoLayer()))));
  }

  @Test
  void withNothingToShowAPlaceholderMoves() {
    VisualSource nothing = frame -> null;
    for (List<Visual> visuals : List.of(List.<Visual>of(), List.of(Visual.of("x", nothing)))) {
      DefaultCompositor compositor =
          new DefaultCompositor(new Composition(Ground.BLACK, visuals), pool);
      try (TimestampedFrame first = video(0);
          TimestampedFrame again = video(0);
          TimestampedFrame later = video(9)) {
        compositor.process(first);
        compositor.process(again);
        compositor.process(later);
        assertEquals(-1, first.pixels().plane(0).mismatch(again.pixels().plane(0)));
        assertNotEquals(-1, first.pixels().plane(0).mismatch(later.pixels().plane(0)));
        assertTrue(
            IntStream.range(0, WIDTH).map(x -> get(first.pixels(), x, HEIGHT / 2)).max().orElse(0)
                > 150,
            "something light is in it");
      }
    }
  }

  @Test
  void aFailingVisualCostsItsFrameAndNoMemory() {
    VisualSource broken =
        frame -> {
          throw new IllegalStateException("on purpose");
        };
    DefaultCompositor onBlack =
        new DefaultCompositor(new Composition(Ground.BLACK, List.of(Visual.of("x", broken))), pool);
    try (TimestampedFrame frame = video(0)) {
      assertThrows(IllegalStateException.class, () -> onBlack.process(frame));
    }
    try (FramePool small = FramePool.open("small", 1);
        TimestampedFrame frame = video(0)) {
      DefaultCompositor poor =
          new DefaultCompositor(new Composition(Ground.BLACK, List.of()), small);
      VideoFrame taken = small.acquire(FrameShape.i420(2, 2));
      assertThrows(PoolExhaustedException.class, () -> poor.process(frame));
      taken.close();
    }
  }

  @Test
  void compositionsAreChecked() {
    Visual a = grey("a", 0, 0);
    assertThrows(IllegalArgumentException.class, () -> Composition.over(a, a));
    assertThrows(IllegalArgumentException.class, () -> new Look(0, Visibility.VISIBLE, 1.01));
    assertThrows(IllegalArgumentException.class, () -> new Look(0, Visibility.VISIBLE, Double.NaN));
    List<Visual> most =
        IntStream.range(0, Composition.MAX_VISUALS).mapToObj(i -> grey("v" + i, 0, 0)).toList();
    assertEquals(64, new Composition(Ground.PASSING, most).visuals().size());
    List<Visual> more = new ArrayList<>(most);
    more.add(a);
    assertThrows(IllegalArgumentException.class, () -> new Composition(Ground.PASSING, more));
  }

  @Test
  void isFoundAsAServiceAndTakesItsVisualsFromTheContext() {
    ComponentRegistry registry = ComponentRegistry.load(getClass().getClassLoader());
    DefaultCompositorProvider provider =
        (DefaultCompositorProvider) registry.all(ComponentKind.COMPOSITOR).getFirst();
    assertEquals("default", provider.name());
    Composition composition = Composition.over(grey("a", 1, 255));
    Map<Class<?>, Object> parts = Map.of(FramePool.class, pool, Composition.class, composition);
    ComponentContext context =
        new ComponentContext() {
          @Override
          public <T> Optional<T> find(Class<T> type) {
            return Optional.ofNullable(type.cast(parts.get(type)));
          }
        };
    DefaultCompositorOptions options =
        OptionBinder.bind(provider.optionsType(), Map.of("ground", "black"));
    Compositor compositor = provider.create(options, context);
    assertEquals(Ground.BLACK, compositor.composition().ground());
    assertEquals(composition.visuals(), compositor.composition().visuals());
    ComponentContext nothing =
        new ComponentContext() {
          @Override
          public <T> Optional<T> find(Class<T> type) {
            return Optional.empty();
          }
        };
    assertThrows(MediaException.class, () -> provider.create(options, nothing));
  }
}
