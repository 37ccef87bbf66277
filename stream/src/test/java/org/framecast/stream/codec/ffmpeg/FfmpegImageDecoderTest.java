package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageFormat;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FfmpegImageDecoderTest extends NativesTest {
  private byte[] file(TestImages.Kind kind, int width, int height) {
    try (VideoFrame packed = TestPictures.packed(frames, PixelFormat.RGBA, width, height)) {
      return TestImages.encode(kind, packed);
    }
  }

  private VideoFrame decode(byte[] file) {
    try (ImageDecoder decoder = codecs.openImageDecoder();
        MediaBuffer bytes = buffer(file)) {
      return decoder.decode(bytes, ImageHeaders.parse(bytes.content()), frames);
    }
  }

  private void assertRefused(MediaException.Code code, byte[] file, ImageInfo info) {
    try (ImageDecoder decoder = codecs.openImageDecoder();
        MediaBuffer bytes = buffer(file)) {
      MediaException e =
          assertThrows(MediaException.class, () -> decoder.decode(bytes, info, frames).close());
      assertEquals(code, e.code());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TestImages.Kind.class,
      mode = Mode.EXCLUDE,
      names = {"PNG_GRAY"})
  void coloursAreThoseOfTheFile(TestImages.Kind kind) {
    try (VideoFrame seen = decode(file(kind, 320, 200))) {
      assertEquals(320, seen.width());
      assertEquals(200, seen.height());
      int worst = TestPictures.worstPatchError(seen);
      assertTrue(worst <= 6, kind + " is off by " + worst);
    }
  }

  @Test
  void grayHasNoColour() {
    try (VideoFrame seen = decode(file(TestImages.Kind.PNG_GRAY, 64, 64))) {
      int[] white = TestPictures.centre(3, 64, 64);
      assertEquals(235, TestPictures.get(seen, 0, white[0], white[1]), 2);
      assertEquals(128, TestPictures.get(seen, 1, white[0] / 2, white[1] / 2));
      assertEquals(128, TestPictures.get(seen, 2, white[0] / 2, white[1] / 2));
    }
  }

  @ParameterizedTest
  @CsvSource({"JPEG_420,1,1", "JPEG_420,17,9", "JPEG_422,31,33", "PNG_RGBA,1,1", "WEBP_LOSSY,7,5"})
  void oddSizesWork(TestImages.Kind kind, int width, int height) {
    try (VideoFrame seen = decode(file(kind, width, height))) {
      assertEquals(width, seen.width());
      assertEquals(height, seen.height());
      int rgb = TestPictures.patchAt(0, 0, width, height);
      assertEquals(TestPictures.yuv(rgb)[0], TestPictures.get(seen, 0, 0, 0), 12);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PNG_RGBA", "WEBP_LOSSY_ALPHA", "WEBP_LOSSLESS"})
  void alphaLiesOverBlack(TestImages.Kind kind) {
    byte[] file;
    try (VideoFrame packed = TestPictures.packed(frames, PixelFormat.RGBA, 128, 128)) {
      for (int y = 0; y < 128; y++) {
        for (int x = 0; x < 128; x++) {
          TestPictures.set(packed, 0, 4 * x + 3, y, y < 64 ? 128 : 0);
        }
      }
      file = TestImages.encode(kind, packed);
    }
    try (VideoFrame seen = decode(file)) {
      int[] half = TestPictures.centre(3, 128, 128);
      assertEquals(126, TestPictures.get(seen, 0, half[0], half[1]), 3);
      int[] clear = TestPictures.centre(5, 128, 128);
      assertEquals(16, TestPictures.get(seen, 0, clear[0], clear[1]), 1);
      assertEquals(128, TestPictures.get(seen, 1, clear[0] / 2, clear[1] / 2), 1);
    }
  }

  @Test
  void aStillKeepsItsAlpha() {
    byte[] file;
    try (VideoFrame packed = TestPictures.packed(frames, PixelFormat.RGBA, 40, 20)) {
      TestPictures.set(packed, 0, 3, 0, 0x55);
      file = TestImages.encode(TestImages.Kind.PNG_RGBA, packed);
    }
    try (ImageDecoder decoder = codecs.openImageDecoder();
        MediaBuffer bytes = buffer(file)) {
      StillImage still = decoder.decodeStill(bytes, ImageHeaders.parse(bytes.content()));
      assertEquals(40, still.width());
      assertEquals(20, still.height());
      assertEquals(0x55FF0000, still.argb()[0]);
      assertEquals(0xFFFF00FF, still.argb()[40 * 20 - 1]);
    }
  }

  @ParameterizedTest
  @EnumSource(TestImages.Kind.class)
  void aTruncatedFileIsMalformedAndTheDecoderGoesOn(TestImages.Kind kind) {
    byte[] whole = file(kind, 320, 200);
    try (ImageDecoder decoder = codecs.openImageDecoder();
        MediaBuffer good = buffer(whole)) {
      ImageInfo info = ImageHeaders.parse(good.content());
      for (int percent : new int[] {20, 50, 75, 97}) {
        try (MediaBuffer cut = buffer(Arrays.copyOf(whole, whole.length * percent / 100))) {
          MediaException e =
              assertThrows(
                  MediaException.class,
                  () -> decoder.decode(cut, info, frames).close(),
                  percent + " %");
          assertEquals(MediaException.Code.MALFORMED, e.code());
        }
      }
      decoder.decode(good, info, frames).close();
    }
  }

  @Test
  void aCutJpegWithItsEndPutBackIsMalformed() {
    byte[] whole = file(TestImages.Kind.JPEG_420, 320, 200);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertRefused(MediaException.Code.MALFORMED, cut, new ImageInfo(ImageFormat.JPEG, 320, 200));
  }

  @Test
  void anotherSizeThanTheHeaderSaidIsMalformed() {
    byte[] file = file(TestImages.Kind.JPEG_420, 64, 48);
    assertRefused(MediaException.Code.MALFORMED, file, new ImageInfo(ImageFormat.JPEG, 48, 64));
    assertRefused(MediaException.Code.MALFORMED, file, new ImageInfo(ImageFormat.PNG, 64, 48));
  }

  @Test
  void aSidePastTheLimitIsRefusedBeforeDecoding() {
    byte[] file = file(TestImages.Kind.JPEG_420, 64, 48);
    ImageInfo huge = new ImageInfo(ImageFormat.JPEG, 20_000, 20_000);
    assertRefused(MediaException.Code.SIZE_LIMIT, file, huge);
  }

  @Test
  void theFileIsReadWhereItLies() {
    try (ImageDecoder decoder = codecs.openImageDecoder();
        MediaBuffer bytes = buffer(file(TestImages.Kind.JPEG_420, 64, 48))) {
      ImageInfo info = ImageHeaders.parse(bytes.content());
      WrappedBuffer wrapped = WrappedBuffer.of(bytes);
      assertEquals(bytes.block().address(), wrapped.packet(bytes.sizeBytes()).data().address());
      for (int i = 0; i < 5; i++) {
        decoder.decode(bytes, info, frames).close();
        assertEquals(1, wrapped.references());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JPEG_420", "PNG_RGB", "WEBP_LOSSY", "WEBP_LOSSLESS"})
  void changedBytesAreRefusedOrDecodedButHarmless(TestImages.Kind kind) {
    byte[] whole = file(kind, 96, 64);
    Random random = new Random(7);
    int refused = 0;
    try (ImageDecoder decoder = codecs.openImageDecoder()) {
      for (int i = 0; i < 400; i++) {
        byte[] changed = whole.clone();
        for (int k = 0; k <= i % 8; k++) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        try (MediaBuffer bytes = buffer(changed)) {
          ImageInfo info = ImageHeaders.parse(bytes.content());
          if (info.width() <= 4096 && info.height() <= 4096) {
            decoder.decode(bytes, info, frames).close();
          }
        } catch (MediaException e) {
          refused++;
        }
      }
    }
    assertTrue(refused > 20, refused + " refused");
  }

  @Test
  void closeTwiceIsOnce() {
    ImageDecoder decoder = codecs.openImageDecoder();
    decoder.close();
    decoder.close();
    try (MediaBuffer bytes = buffer(file(TestImages.Kind.PNG_RGB, 8, 8))) {
      ImageInfo info = ImageHeaders.parse(bytes.content());
      assertThrows(IllegalStateException.class, () -> decoder.decode(bytes, info, frames));
    }
  }
}
