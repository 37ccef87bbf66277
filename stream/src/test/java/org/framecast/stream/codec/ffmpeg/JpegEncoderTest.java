package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.codec.ImageFormat;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegEncoderTest extends NativesTest {
  @ParameterizedTest
  @CsvSource({"320,180", "321,179", "1,1", "16,16"})
  void whatIsDecodedIsWhatWasEncoded(int width, int height) {
    try (ImageEncoder encoder = codecs.openImageEncoder();
        ImageDecoder decoder = codecs.openImageDecoder();
        VideoFrame frame = TestPictures.waves(frames, width, height, 3);
        MediaBuffer file = encoder.encode(frame, 92, buffers)) {
      ImageInfo info = ImageHeaders.parse(file.content());
      assertEquals(new ImageInfo(ImageFormat.JPEG, width, height), info);
      try (VideoFrame seen = decoder.decode(file, info, frames)) {
        double psnr = TestPictures.psnr(frame, seen);
        assertTrue(psnr > 36, psnr + " dB");
      }
    }
  }

  @Test
  void coloursStayThemselves() {
    try (ImageEncoder encoder = codecs.openImageEncoder();
        ImageDecoder decoder = codecs.openImageDecoder();
        VideoFrame frame = TestPictures.patches(frames, 320, 192);
        MediaBuffer file = encoder.encode(frame, 95, buffers);
        VideoFrame seen = decoder.decode(file, ImageHeaders.parse(file.content()), frames)) {
      assertTrue(TestPictures.worstPatchError(seen) <= 4);
    }
  }

  @Test
  void qualitySetsTheSizeAndSizesMayChange() {
    try (ImageEncoder encoder = codecs.openImageEncoder();
        VideoFrame frame = TestPictures.patches(frames, 320, 180);
        VideoFrame small = TestPictures.patches(frames, 160, 90)) {
      int before = 0;
      for (int quality : new int[] {1, 30, 60, 80, 100}) {
        try (MediaBuffer file = encoder.encode(frame, quality, buffers)) {
          assertTrue(file.sizeBytes() > before, "quality " + quality);
          before = file.sizeBytes();
        }
      }
      try (MediaBuffer file = encoder.encode(small, 80, buffers)) {
        assertEquals(160, ImageHeaders.parse(file.content()).width());
      }
      assertEquals(1, WrappedFrame.of(frame).references());
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(frame, 0, buffers));
    }
  }
}
