package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that another library wrote. */
class ForeignImagesTest extends NativesTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 200;

  private static byte[] write(String format, int type, int progressive) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, 0xFF000000 | TestPictures.patchAt(x, y, WIDTH, HEIGHT));
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    if (format.equals("jpeg")) {
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(0.95f);
    }
    if (progressive == 1) {
      how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private VideoFrame decode(byte[] file) {
    try (ImageDecoder decoder = codecs.openImageDecoder();
        MediaBuffer bytes = buffer(file)) {
      return decoder.decode(bytes, ImageHeaders.parse(bytes.content()), frames);
    }
  }

  @ParameterizedTest
  @CsvSource({"jpeg,1,0", "jpeg,1,1", "png,1,0", "png,2,0", "png,13,0", "png,1,1"})
  void coloursAreThoseOfTheFile(String format, int type, int progressive) throws IOException {
    try (VideoFrame seen = decode(write(format, type, progressive))) {
      int worst = TestPictures.worstPatchError(seen);
      assertTrue(worst <= 6, "off by " + worst);
    }
  }

  @ParameterizedTest
  @CsvSource({"jpeg,10", "png,10", "png,11", "png,12"})
  void grayIsGray(String format, int type) throws IOException {
    try (VideoFrame seen = decode(write(format, type, 0))) {
      int[] white = TestPictures.centre(3, WIDTH, HEIGHT);
      int[] black = TestPictures.centre(4, WIDTH, HEIGHT);
      assertEquals(235, TestPictures.get(seen, 0, white[0], white[1]), 2);
      assertEquals(16, TestPictures.get(seen, 0, black[0], black[1]), 2);
      assertEquals(128, TestPictures.get(seen, 1, white[0] / 2, white[1] / 2), 1);
    }
  }

  @Test
  void aCutProgressiveJpegIsMalformed() throws IOException {
    byte[] whole = write("jpeg", BufferedImage.TYPE_INT_RGB, 1);
    ImageInfo info = ImageHeaders.parse(java.lang.foreign.MemorySegment.ofArray(whole));
    try (ImageDecoder decoder = codecs.openImageDecoder()) {
      for (int percent = 10; percent < 100; percent += 10) {
        byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
        try (MediaBuffer bytes = buffer(cut)) {
          MediaException e =
              assertThrows(MediaException.class, () -> decoder.decode(bytes, info, frames).close());
          assertEquals(MediaException.Code.MALFORMED, e.code());
        }
      }
    }
  }
}
