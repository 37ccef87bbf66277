package org.framecast.stream.layer.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.framecast.stream.flow.Placement;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the blending against a reference in double arithmetic. */
class OverlayTest {
  private static final Means SCALAR = Means.with(new ScalarKernel());
  private static final Means VECTOR = Means.with(new VectorKernel());

  /** A half for the result, and three quarters for value and cover, rounded together. */
  private static final double WORST = 1.27;

  private final FramePool pool = FramePool.open("overlay", 16);
  private final Random random = new Random(7);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private VideoFrame frame(PixelFormat format, int width, int height) {
    VideoFrame frame = pool.acquire(new FrameShape(format, width, height));
    byte[] noise = new byte[(int) frame.block().byteSize()];
    random.nextBytes(noise);
    frame.block().copyFrom(java.lang.foreign.MemorySegment.ofArray(noise));
    return frame;
  }

  /** Noise whose alpha is, in patches, nothing, everything, or anything. */
  private VideoFrame picture(int width, int height) {
    VideoFrame frame = frame(PixelFormat.RGBA, width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        switch (x / 80 + y / 3 & 3) {
          case 0 -> set(frame, 0, 4 * x + 3, y, 0);
          case 1 -> set(frame, 0, 4 * x + 3, y, 255);
          default -> {}
        }
      }
    }
    return frame;
  }

  private static void set(VideoFrame frame, int plane, int x, int y, int value) {
    frame.plane(plane).set(ValueLayout.JAVA_BYTE, (long) y * frame.stride(plane) + x, (byte) value);
  }

  private static int get(VideoFrame frame, int plane, int x, int y) {
    return frame.plane(plane).get(ValueLayout.JAVA_BYTE, (long) y * frame.stride(plane) + x) & 0xFF;
  }

  private VideoFrame copy(VideoFrame frame) {
    VideoFrame copy = pool.acquire(frame.shape());
    copy.copyFrom(frame);
    return copy;
  }

  /** Y, U or V of a pixel, limited range. Source: ITU-R BT.601-7. */
  private static double yuv(int plane, int red, int green, int blue) {
    double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    return switch (plane) {
      case 0 -> 16 + 219 * luma / 255;
      case 1 -> 128 + 224 * (blue - luma) / (2 * (1 - 0.114)) / 255;
      default -> 128 + 224 * (red - luma) / (2 * (1 - 0.299)) / 255;
    };
  }

  /** What one pixel of the picture adds, and what it leaves of what is below. */
  private record Share(double adds, double leaves) {}

  private static Share share(VideoFrame picture, int plane, int x, int y, double opacity) {
    if (x < 0 || y < 0 || x >= picture.width() || y >= picture.height()) {
      return new Share(0, 1);
    }
    double alpha = get(picture, 0, 4 * x + 3, y) / 255.0 * opacity;
    double value =
        yuv(
            plane,
            get(picture, 0, 4 * x, y),
            get(picture, 0, 4 * x + 1, y),
            get(picture, 0, 4 * x + 2, y));
    return new Share(value * alpha, 1 - alpha);
  }

  private static double reference(
      VideoFrame below, VideoFrame picture, int plane, int x, int y, At at) {
    int step = plane == 0 ? 1 : 2;
    double adds = 0;
    double leaves = 0;
    int count = 0;
    for (int j = step * y; j < Math.min(step * (y + 1), below.height()); j++) {
      for (int i = step * x; i < Math.min(step * (x + 1), below.width()); i++) {
        Share share = share(picture, plane, i - at.x(), j - at.y(), at.opacity());
        adds += share.adds();
        leaves += share.leaves();
        count++;
      }
    }
    return adds / count + get(below, plane, x, y) * leaves / count;
  }

  private record At(int x, int y, double opacity) {
    Placement placement() {
      return new Placement.At(x, y, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "320,180,320,180,0,0,1",
    "320,180,320,180,0,0,0.37",
    "320,180,100,70,33,21,1",
    "320,180,100,70,32,20,0.004",
    "321,181,400,300,-17,-40,1",
    "321,181,150,61,200,135,0.81",
    "97,33,97,33,0,0,0.5",
    "97,33,31,17,5,7,0.999",
    "1,1,1,1,0,0,0.6",
    "16,16,3,3,15,15,1"
  })
  void rgbaOverVideoIsWithinOneOfTheReference(
      int width, int height, int pictureWidth, int pictureHeight, int x, int y, double opacity) {
    At at = new At(x, y, opacity);
    try (VideoFrame below = frame(PixelFormat.I420, width, height);
        VideoFrame picture = picture(pictureWidth, pictureHeight);
        VideoFrame result = copy(below)) {
      Overlay.lay(picture, at.placement(), opacity, result);
      for (int plane = 0; plane < 3; plane++) {
        for (int row = 0; row < below.shape().rows(plane); row++) {
          for (int column = 0; column < below.shape().rowBytes(plane); column++) {
            double exact = reference(below, picture, plane, column, row, at);
            assertEquals(
                Math.round(exact),
                get(result, plane, column, row),
                1,
                "plane " + plane + " at " + column + "," + row);
          }
        }
      }
    }
  }

  /** Every alpha with every value below, in black and white and in the strongest colours. */
  @ParameterizedTest
  @CsvSource({"0,1", "16777215,1", "255,1", "65280,1", "16711680,1", "8421504,0.7", "16777215,0.1"})
  void everyAlphaOverEveryValueIsWithinOne(int rgb, double opacity) {
    try (VideoFrame below = frame(PixelFormat.I420, 512, 512);
        VideoFrame picture = frame(PixelFormat.RGBA, 512, 512);
        VideoFrame result = copy(below)) {
      for (int y = 0; y < 512; y++) {
        for (int x = 0; x < 512; x++) {
          set(below, 0, x, y, x / 2);
          set(below, 1, x / 2, y / 2, x / 2);
          set(below, 2, x / 2, y / 2, x / 2);
          set(picture, 0, 4 * x, y, rgb & 0xFF);
          set(picture, 0, 4 * x + 1, y, rgb >> 8 & 0xFF);
          set(picture, 0, 4 * x + 2, y, rgb >> 16);
          set(picture, 0, 4 * x + 3, y, y / 2);
        }
      }
      result.copyFrom(below);
      Overlay.lay(picture, Placement.FILL, opacity, result);
      At at = new At(0, 0, opacity);
      for (int plane = 0; plane < 3; plane++) {
        for (int y = 0; y < below.shape().rows(plane); y++) {
          for (int x = 0; x < below.shape().rowBytes(plane); x++) {
            double exact = reference(below, picture, plane, x, y, at);
            assertEquals(Math.round(exact), get(result, plane, x, y), 1);
            assertEquals(exact, get(result, plane, x, y), WORST);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "320,180,320,180,0,0,1",
    "320,180,100,70,33,21,0.63",
    "97,33,120,50,-11,-7,1",
    "97,33,31,17,5,7,0.02"
  })
  void rgbaOverRgbaIsWithinOneOfTheReferenceInColourAndAlpha(
      int width, int height, int pictureWidth, int pictureHeight, int x, int y, double opacity) {
    try (VideoFrame below = picture(width, height);
        VideoFrame picture = picture(pictureWidth, pictureHeight);
        VideoFrame result = copy(below)) {
      Overlay.lay(picture, new Placement.At(x, y, 1), opacity, result);
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          assertPixel(below, picture, result, column, row, new At(x, y, opacity));
        }
      }
    }
  }

  private static void assertPixel(
      VideoFrame below, VideoFrame picture, VideoFrame result, int x, int y, At at) {
    int px = x - at.x();
    int py = y - at.y();
    boolean inside = px >= 0 && py >= 0 && px < picture.width() && py < picture.height();
    double above = inside ? get(picture, 0, 4 * px + 3, py) / 255.0 * at.opacity() : 0;
    double under = get(below, 0, 4 * x + 3, y) / 255.0;
    double alpha = above + under * (1 - above);
    assertEquals(Math.round(alpha * 255), get(result, 0, 4 * x + 3, y), 1);
    for (int channel = 0; channel < 3 && alpha > 0; channel++) {
      double s = inside ? get(picture, 0, 4 * px + channel, py) : 0;
      double d = get(below, 0, 4 * x + channel, y);
      double exact = (s * above + d * under * (1 - above)) / alpha;
      assertEquals(Math.round(exact), get(result, 0, 4 * x + channel, y), 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1920,1080,1920,1080,0,0,1,1",
    "640,360,640,360,0,0,1,0.4",
    "321,181,97,55,13,17,1,0.9",
    "97,33,300,200,-40,-60,1,1",
    "200,100,64,40,31,3,1.7,1",
    "200,100,640,400,-3,3,0.3,0.8",
    "3,3,1,1,1,1,1,0.5"
  })
  void vectorsPlainJavaAndWhatIsPreparedGiveTheSameBits(
      int width,
      int height,
      int pictureWidth,
      int pictureHeight,
      int x,
      int y,
      double scale,
      double opacity) {
    Placement placement = new Placement.At(x, y, scale);
    for (PixelFormat format : new PixelFormat[] {PixelFormat.I420, PixelFormat.RGBA}) {
      try (VideoFrame below = frame(format, width, height);
          VideoFrame picture = picture(pictureWidth, pictureHeight);
          VideoFrame plain = copy(below);
          VideoFrame vector = copy(below);
          VideoFrame prepared = copy(below)) {
        Overlay.lay(SCALAR, picture, placement, opacity, plain);
        Overlay.lay(VECTOR, picture, placement, opacity, vector);
        assertEquals(-1, plain.block().mismatch(vector.block()), format.toString());
        if (format == PixelFormat.I420) {
          Overlay.prepare(SCALAR, picture, placement, opacity, prepared).lay(prepared);
          assertEquals(-1, plain.block().mismatch(prepared.block()));
          prepared.copyFrom(below);
          Overlay.prepare(VECTOR, picture, placement, opacity, prepared).lay(prepared);
          assertEquals(-1, plain.block().mismatch(prepared.block()));
        }
      }
    }
  }

  @Test
  void vectorsAreWhatThisMachineUses() {
    assertEquals(VectorKernel.isWideEnough(), RowKernel.best() instanceof VectorKernel);
  }

  @Test
  void whatIsTransparentLeavesEveryBitAndWhatIsOpaqueNone() {
    try (VideoFrame below = frame(PixelFormat.I420, 130, 70);
        VideoFrame picture = frame(PixelFormat.RGBA, 130, 70);
        VideoFrame result = copy(below)) {
      alpha(picture, 0);
      Overlay.lay(picture, Placement.FILL, 1, result);
      assertEquals(-1, below.block().mismatch(result.block()));
      alpha(picture, 255);
      Overlay.lay(picture, Placement.FILL, 1, result);
      int red = get(picture, 0, 4 * 129, 69);
      int green = get(picture, 0, 4 * 129 + 1, 69);
      int blue = get(picture, 0, 4 * 129 + 2, 69);
      assertEquals(Math.round(yuv(0, red, green, blue)), get(result, 0, 129, 69), 1);
    }
  }

  private static void alpha(VideoFrame picture, int alpha) {
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        set(picture, 0, 4 * x + 3, y, alpha);
      }
    }
  }

  @Test
  void videoOverVideoIsCopiedWhereItIsOpaque() {
    try (VideoFrame below = frame(PixelFormat.I420, 200, 100);
        VideoFrame picture = frame(PixelFormat.I420, 64, 40);
        VideoFrame result = copy(below)) {
      Overlay.lay(picture, new Placement.At(20, 10, 1), 1, result);
      for (int plane = 0; plane < 3; plane++) {
        int step = plane == 0 ? 1 : 2;
        for (int y = 0; y < below.shape().rows(plane); y++) {
          for (int x = 0; x < below.shape().rowBytes(plane); x++) {
            int px = x - 20 / step;
            int py = y - 10 / step;
            boolean inside = px >= 0 && py >= 0 && px < 64 / step && py < 40 / step;
            assertEquals(
                inside ? get(picture, plane, px, py) : get(below, plane, x, y),
                get(result, plane, x, y));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5,64,40,0.25", "0.3,64,40,2", "0.9,33,21,1", "1,400,300,0.13"})
  void videoOverVideoMixesByOpacity(double opacity, int width, int height, double scale) {
    try (VideoFrame below = flat(PixelFormat.I420, 201, 101, 40);
        VideoFrame picture = flat(PixelFormat.I420, width, height, 200)) {
      Overlay.lay(picture, new Placement.At(10, 6, scale), opacity, below);
      double mixed = 40 + 160 * opacity;
      assertEquals(Math.round(mixed), get(below, 0, 10, 6), 1);
      assertEquals(Math.round(mixed), get(below, 1, 6, 4), 1);
      int right = 10 + (int) Math.round(width * scale);
      assertEquals(Math.round(mixed), get(below, 0, Math.min(200, right) - 1, 6), 1);
      assertEquals(40, get(below, 0, Math.min(200, right), 6), right > 200 ? 200 : 0);
      assertEquals(40, get(below, 0, 9, 6));
    }
  }

  private VideoFrame flat(PixelFormat format, int width, int height, int value) {
    VideoFrame frame = pool.acquire(new FrameShape(format, width, height));
    frame.block().fill((byte) value);
    return frame;
  }

  @Test
  void videoOverRgbaIsConverted() {
    try (VideoFrame below = flat(PixelFormat.RGBA, 20, 20, 0);
        VideoFrame picture = flat(PixelFormat.I420, 10, 10, 128)) {
      Overlay.lay(picture, new Placement.At(4, 4, 1), 1, below);
      assertEquals(Math.round((128 - 16) * 255 / 219.0), get(below, 0, 4 * 4, 4), 1);
      assertEquals(255, get(below, 0, 4 * 4 + 3, 4));
      assertEquals(0, get(below, 0, 4 * 3 + 3, 4));
    }
  }

  /** A patch of transparent green beside opaque red: no green bleeds into the edge. */
  @Test
  void scalingMixesByAlpha() {
    try (VideoFrame below = flat(PixelFormat.RGBA, 40, 40, 0);
        VideoFrame picture = flat(PixelFormat.RGBA, 20, 20, 0)) {
      for (int y = 0; y < 20; y++) {
        for (int x = 0; x < 20; x++) {
          set(picture, 0, 4 * x, y, x < 10 ? 255 : 0);
          set(picture, 0, 4 * x + 1, y, x < 10 ? 0 : 255);
          set(picture, 0, 4 * x + 3, y, x < 10 ? 255 : 0);
        }
      }
      Overlay.lay(picture, new Placement.At(0, 0, 2), 1, below);
      for (int x = 0; x < 40; x++) {
        int alpha = get(below, 0, 4 * x + 3, 20);
        assertTrue(alpha == 0 || get(below, 0, 4 * x, 20) == 255, "red at " + x);
        assertTrue(alpha == 0 || get(below, 0, 4 * x + 1, 20) == 0, "no green at " + x);
        assertEquals(x < 19 ? 255 : x > 20 ? 0 : x == 19 ? 191 : 64, alpha, 1);
      }
    }
  }

  @Test
  void largerAndSmallerKeepFlatColoursAndTheMean() {
    for (double scale : new double[] {0.11, 0.5, 0.77, 1.3, 3}) {
      try (VideoFrame below = flat(PixelFormat.RGBA, 300, 200, 0);
          VideoFrame picture = flat(PixelFormat.RGBA, 90, 60, 200)) {
        Overlay.lay(picture, new Placement.At(0, 0, scale), 1, below);
        int right = (int) Math.round(90 * scale);
        int bottom = (int) Math.round(60 * scale);
        for (int x = 0; x < right; x++) {
          assertEquals(200, get(below, 0, 4 * x + 3, bottom - 1), "alpha at " + x + " x " + scale);
          assertEquals(200, get(below, 0, 4 * x + 1, bottom - 1));
        }
        assertEquals(0, get(below, 0, 4 * Math.min(299, right) + 3, 0));
      }
    }
  }

  @Test
  void placesByPointByShareOfTheRoomAndByShareOfTheWidth() {
    try (VideoFrame below = flat(PixelFormat.I420, 200, 100, 16);
        VideoFrame picture = flat(PixelFormat.I420, 40, 20, 200)) {
      Overlay.lay(picture, new Placement.Aligned(1, 1, 1), 1, below);
      assertEquals(200, get(below, 0, 160, 80));
      assertEquals(16, get(below, 0, 159, 80));
      assertEquals(16, get(below, 0, 160, 79));
      below.block().fill((byte) 16);
      Overlay.lay(picture, new Placement.Fitted(0.5, 0, 0.5), 1, below);
      assertEquals(200, get(below, 0, 50, 0));
      assertEquals(200, get(below, 0, 149, 49));
      assertEquals(16, get(below, 0, 150, 49));
      assertEquals(16, get(below, 0, 100, 50));
    }
    assertThrows(IllegalArgumentException.class, () -> new Placement.At(0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Placement.At(0, 0, 65));
    assertThrows(IllegalArgumentException.class, () -> new Placement.Aligned(1.1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Placement.Fitted(0, 0, 0));
  }

  @Test
  void farOutsideThereIsNothingToDo() {
    try (VideoFrame below = frame(PixelFormat.I420, 21, 11);
        VideoFrame picture = picture(8, 8);
        VideoFrame result = copy(below)) {
      int[][] places = {
        {-8, 0}, {0, -8}, {22, 0}, {0, 12}, {Integer.MAX_VALUE, 0}, {0, -2147483648}
      };
      for (int[] place : places) {
        Placement placement = new Placement.At(place[0], place[1], 1);
        Overlay.lay(picture, placement, 1, result);
        Overlay.prepare(picture, placement, 1, result).lay(result);
      }
      assertEquals(-1, below.block().mismatch(result.block()));
    }
  }
}
