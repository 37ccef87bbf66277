package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegFrameConverterTest extends NativesTest {
  @ParameterizedTest
  @CsvSource({
    "BGR24,320,192,320,192",
    "RGBA,320,192,320,192",
    "BGR24,640,384,320,192",
    "RGBA,333,201,160,96"
  })
  void packedColoursBecomeI420(
      PixelFormat format, int width, int height, int toWidth, int toHeight) {
    try (FrameConverter converter = codecs.openFrameConverter();
        VideoFrame packed = TestPictures.packed(frames, format, width, height);
        VideoFrame frame = frames.acquire(FrameShape.i420(toWidth, toHeight))) {
      converter.convert(packed, frame);
      int worst = TestPictures.worstPatchError(frame);
      assertTrue(worst <= 3, "off by " + worst);
      assertEquals(1, WrappedFrame.of(packed).references());
      assertEquals(1, WrappedFrame.of(frame).references());
    }
  }

  @ParameterizedTest
  @CsvSource({"BGR24,320,192", "RGBA,320,192", "BGR24,161,97"})
  void i420BecomesPackedColours(PixelFormat format, int width, int height) {
    try (FrameConverter converter = codecs.openFrameConverter();
        VideoFrame frame = TestPictures.patches(frames, 320, 192);
        VideoFrame packed = frames.acquire(new FrameShape(format, width, height));
        VideoFrame wanted = TestPictures.packed(frames, format, width, height)) {
      converter.convert(frame, packed);
      int bytes = format == PixelFormat.BGR24 ? 3 : 4;
      for (int patch = 0; patch < TestPictures.PATCHES.length; patch++) {
        int[] at = TestPictures.centre(patch, width, height);
        for (int i = 0; i < bytes; i++) {
          int x = at[0] * bytes + i;
          assertEquals(
              TestPictures.get(wanted, 0, x, at[1]), TestPictures.get(packed, 0, x, at[1]), 4);
        }
      }
    }
  }

  @Test
  void scaledPicturesLookAlike() {
    try (FrameConverter converter = codecs.openFrameConverter();
        VideoFrame large = TestPictures.waves(frames, 640, 360, 0);
        VideoFrame small = frames.acquire(FrameShape.i420(321, 181));
        VideoFrame again = frames.acquire(FrameShape.i420(640, 360))) {
      converter.convert(large, small);
      converter.convert(small, again);
      double psnr = TestPictures.psnr(large, again);
      assertTrue(psnr > 32, psnr + " dB");
    }
  }

  @Test
  void equalShapesAreCopiedAndNothingIsConvertedInPlace() {
    try (FrameConverter converter = codecs.openFrameConverter();
        VideoFrame one = TestPictures.waves(frames, 64, 36, 0);
        VideoFrame two = frames.acquire(FrameShape.i420(64, 36))) {
      converter.convert(one, two);
      assertEquals(99, TestPictures.psnr(one, two));
      assertThrows(IllegalArgumentException.class, () -> converter.convert(one, one));
    }
  }
}
