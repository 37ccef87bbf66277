package org.framecast.stream.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the values of pictures and sound take and refuse, at their edges. */
class MediaValuesTest {
  @ParameterizedTest
  @CsvSource({"0, 1, 30", "1, 0, 30", "1, 1, -1", "1, 1, NaN", "1, 1, Infinity"})
  void aPictureHasASizeAndAUsableRate(int width, int height, double rate) {
    assertThrows(IllegalArgumentException.class, () -> new VideoInfo(width, height, rate));
    assertEquals(1, new VideoInfo(1, 1, 0).width());
  }

  @Test
  void theRateToExpectIsTheUsualOneWhereNoneIsKnown() {
    assertEquals(30, new VideoInfo(1, 1, 0).expectedFrameRate());
    assertEquals(0.5, new VideoInfo(1, 1, 0.5).expectedFrameRate());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0"})
  void soundHasARateAndChannels(int rate, int channels) {
    assertThrows(IllegalArgumentException.class, () -> new AudioInfo(rate, channels));
    assertEquals(1, new AudioInfo(1, 1).channels());
  }

  @Test
  void aRenditionIsOfPicturesAndOnARung() {
    assertThrows(IllegalArgumentException.class, () -> new Rendition(Codec.OPUS, 0));
    assertThrows(IllegalArgumentException.class, () -> new Rendition(Codec.VP8, -1));
    assertEquals(new Rendition(Codec.VP8, 0), Rendition.best(Codec.VP8));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "16385, 1", "1, 16385"})
  void aPictureFitsIntoTheLargestSide(int width, int height) {
    assertThrows(IllegalArgumentException.class, () -> FrameShape.i420(width, height));
    assertEquals(16_384, FrameShape.i420(16_384, 16_384).rows(0));
    assertEquals(1, FrameShape.i420(1, 1).rowBytes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "I420, 0, 64, 64, 64",
    "I420, 0, 65, 65, 128",
    "I420, 1, 65, 33, 64",
    "BGR24, 0, 64, 192, 192",
    "RGBA, 0, 16, 64, 64",
    "RGBA, 0, 17, 68, 128"
  })
  void rowsBeginAtMultiplesOfSixtyFourBytes(
      PixelFormat format, int plane, int width, int rowBytes, int stride) {
    FrameShape shape = new FrameShape(format, width, 10);
    assertEquals(rowBytes, shape.rowBytes(plane));
    assertEquals(stride, shape.stride(plane));
  }

  @Test
  void soundIsOfWholePairsOfSamplesAndGoesBackToItsPool() {
    try (BufferPool pool = BufferPool.open("values", 1 << 16)) {
      MediaBuffer odd = pool.acquire(9).sizeBytes(9);
      assertThrows(IllegalArgumentException.class, () -> new AudioFrame(odd, 0));
      odd.close();
      AudioFrame block = new AudioFrame(pool.acquire(24).sizeBytes(24), 0);
      assertEquals(3, block.samples());
      AudioFrame shared = block.share();
      block.close();
      assertEquals(1, pool.live());
      shared.close();
      assertEquals(0, pool.live());
    }
  }

  @Test
  void pixelsAreCopiedFromTheSameShapeAlone() {
    FrameShape shape = FrameShape.i420(16, 16);
    try (FramePool pool = FramePool.open("values", 3);
        VideoFrame from = pool.acquire(shape);
        VideoFrame to = pool.acquire(shape);
        VideoFrame other = pool.acquire(FrameShape.i420(32, 16))) {
      from.block().fill((byte) 7);
      to.block().fill((byte) 0);
      to.copyFrom(from);
      assertEquals(7, to.block().get(ValueLayout.JAVA_BYTE, to.block().byteSize() - 1));
      assertThrows(IllegalArgumentException.class, () -> to.copyFrom(other));
    }
  }

  @Test
  void replacedPixelsGoBackToTheirPool() {
    try (FramePool pool = FramePool.open("values", 2)) {
      try (TimestampedFrame frame =
          new TimestampedFrame(pool.acquire(FrameShape.i420(16, 16)), "source", 3, 42)) {
        assertEquals(42, frame.ptsNanos());
        frame.replacePixels(pool.acquire(FrameShape.i420(16, 16)));
        assertEquals(1, pool.live());
      }
      assertEquals(0, pool.live());
    }
  }
}
