package org.framecast.stream.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.framecast.stream.media.MediaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageHeadersTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] jpeg(int marker, int bits, int width, int height, int components) {
    String sof =
        "%04x %02x %04x %04x %02x".formatted(8 + 3 * components, bits, height, width, components);
    return hex(
        "ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 0000 ff ff %02x %s %s ffda"
            .formatted(marker, sof, "011100".repeat(components)));
  }

  private static byte[] png(int width, int height) {
    return hex(
        "89504e470d0a1a0a 0000000d 49484452 %08x %08x 08 06 00 00 00 00000000"
            .formatted(width, height));
  }

  private static byte[] webp(String chunk, String payload) {
    byte[] body = hex(payload);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(little(4 + 8 + body.length));
    out.writeBytes(("WEBP" + chunk).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(little(body.length));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static byte[] little(int value) {
    return hex("%08x".formatted(Integer.reverseBytes(value)));
  }

  private static List<byte[]> samples() {
    return List.of(
        jpeg(0xC0, 8, 1280, 720, 3),
        jpeg(0xC2, 8, 33, 44, 1),
        png(640, 360),
        webp("VP8 ", "d00000 9d012a 8002 6801 0000"),
        webp("VP8L", "2f 7fc25900 0000000000"),
        webp("VP8X", "10000000 7f0200 670100 0000"));
  }

  private static ImageInfo parse(byte[] file) {
    return ImageHeaders.parse(MemorySegment.ofArray(file));
  }

  private static void assertRefused(MediaException.Code code, byte[] file) {
    assertEquals(code, assertThrows(MediaException.class, () -> parse(file)).code());
  }

  @Test
  void formatAndSizeAreRead() {
    assertEquals(
        List.of(
            new ImageInfo(ImageFormat.JPEG, 1280, 720),
            new ImageInfo(ImageFormat.JPEG, 33, 44),
            new ImageInfo(ImageFormat.PNG, 640, 360),
            new ImageInfo(ImageFormat.WEBP, 640, 360),
            new ImageInfo(ImageFormat.WEBP, 640, 360),
            new ImageInfo(ImageFormat.WEBP, 640, 360)),
        samples().stream().map(ImageHeadersTest::parse).toList());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "20000,20000", "65535,1"})
  void anySizeIsSaidAsItIs(int width, int height) {
    assertEquals(
        new ImageInfo(ImageFormat.JPEG, width, height), parse(jpeg(0xC0, 8, width, height, 3)));
    assertEquals(new ImageInfo(ImageFormat.PNG, width, height), parse(png(width, height)));
  }

  @Test
  void noSizeIsMalformed() {
    assertRefused(MediaException.Code.MALFORMED, jpeg(0xC0, 8, 0, 10, 3));
    assertRefused(MediaException.Code.MALFORMED, jpeg(0xC0, 8, 10, 0, 3));
    assertRefused(MediaException.Code.MALFORMED, png(0, 10));
    assertRefused(MediaException.Code.MALFORMED, png(10, -1));
  }

  @Test
  void kindsThatNobodyMakesAreUnsupported() {
    assertRefused(MediaException.Code.UNSUPPORTED, jpeg(0xC0, 8, 10, 10, 4)); // CMYK
    assertRefused(MediaException.Code.UNSUPPORTED, jpeg(0xC0, 12, 10, 10, 3)); // 12 bits
    assertRefused(MediaException.Code.UNSUPPORTED, jpeg(0xC3, 8, 10, 10, 3)); // lossless
    assertRefused(MediaException.Code.UNSUPPORTED, jpeg(0xC9, 8, 10, 10, 3)); // arithmetic
    assertRefused(
        MediaException.Code.UNSUPPORTED, webp("VP8X", "02000000 7f0200 670100 0000")); // animated
  }

  @Test
  void tablesAreNotTakenForFrameHeaders() {
    byte[] tables = hex("ffd8 ffc4 0013 00 00000000000000000000000000000000 ffcc 0004 0000");
    byte[] rest = jpeg(0xC1, 8, 20, 30, 3);
    byte[] file = Arrays.copyOf(tables, tables.length + rest.length - 2);
    System.arraycopy(rest, 2, file, tables.length, rest.length - 2);
    assertEquals(new ImageInfo(ImageFormat.JPEG, 20, 30), parse(file));
  }

  @Test
  void aWebpShorterThanItSaysIsMalformed() {
    byte[] file = webp("VP8 ", "d00000 9d012a 8002 6801 0000");
    file[5] = 1;
    assertRefused(MediaException.Code.MALFORMED, file);
  }

  @Test
  void everyTruncationIsMalformed() {
    for (byte[] sample : samples()) {
      // The last bytes may be behind the size already.
      for (int length = 0; length < sample.length - 12; length++) {
        assertRefused(MediaException.Code.MALFORMED, Arrays.copyOf(sample, length));
      }
    }
  }

  @Test
  void randomBytesNeverThrowAnythingElse() {
    Random random = new Random(42);
    List<byte[]> samples = samples();
    for (int i = 0; i < 50_000; i++) {
      byte[] file;
      if (i % 4 == 0) {
        file = new byte[random.nextInt(80)];
        random.nextBytes(file);
        if (file.length > 2) {
          file[0] = (byte) 0xFF;
          file[1] = (byte) 0xD8;
        }
      } else {
        byte[] sample = samples.get(random.nextInt(samples.size()));
        file = Arrays.copyOf(sample, random.nextInt(sample.length + 8));
        for (int k = random.nextInt(4); k > 0 && file.length > 0; k--) {
          file[random.nextInt(file.length)] = (byte) random.nextInt();
        }
      }
      try {
        ImageInfo info = parse(file);
        assertEquals(true, info.width() > 0 && info.height() > 0);
      } catch (MediaException e) {
        // refused, as it should be
      }
    }
  }

  @Test
  void aLongRowOfFillBytesEnds() {
    byte[] file = new byte[1 << 22];
    Arrays.fill(file, (byte) 0xFF);
    file[1] = (byte) 0xD8;
    assertRefused(MediaException.Code.MALFORMED, file);
  }
}
