package org.framecast.stream.source.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IVF files there and back: header, frames, what is cut or broken. */
class IvfTest {
  private static final IvfHeader HEADER = new IvfHeader(Codec.VP8, 640, 360, 90_000, 1, 0);

  @TempDir Path folder;

  private byte[] file(byte[]... frames) throws IOException {
    Path path = folder.resolve("test.ivf");
    try (BufferPool pool = BufferPool.open("test", 1 << 20);
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      IvfWriter writer = new IvfWriter(channel, HEADER);
      for (int i = 0; i < frames.length; i++) {
        try (AccessUnit unit =
            new AccessUnit(
                Codec.VP8,
                AccessUnit.Kind.DELTA,
                pool.acquire(frames[i].length).fill(ByteBuffer.wrap(frames[i])),
                i * 33_333_333L,
                0)) {
          writer.write(unit);
        }
      }
      writer.finish();
      assertEquals(0, pool.live());
    }
    return Files.readAllBytes(path);
  }

  @Test
  void framesComeBackWithTheirTimes() throws IOException {
    byte[][] frames = {{1, 2, 3}, {}, {9, 8, 7, 6}};
    byte[] file = file(frames);
    assertEquals(IvfHeader.FILE_HEADER_BYTES + 3 * IvfHeader.FRAME_HEADER_BYTES + 7, file.length);
    IvfReader reader = new IvfReader(MemorySegment.ofArray(file));
    assertEquals(new IvfHeader(Codec.VP8, 640, 360, 90_000, 1, 3), reader.header());
    for (int i = 0; i < frames.length; i++) {
      assertTrue(reader.advance());
      assertArrayEquals(frames[i], reader.content().toArray(ValueLayout.JAVA_BYTE));
      assertEquals(i * 33_333_333L, reader.ptsNanos(), 6000);
    }
    assertFalse(reader.advance());
  }

  @Test
  void theFirstBytesAreThoseOfTheFormat() throws IOException {
    byte[] file = file(new byte[] {5});
    byte[] wanted = {
      'D',
      'K',
      'I',
      'F',
      0,
      0,
      32,
      0,
      'V',
      'P',
      '8',
      '0',
      (byte) 0x80,
      2,
      0x68,
      1, //
      (byte) 0x90,
      0x5F,
      1,
      0,
      1,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0, //
      1,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      5
    };
    assertArrayEquals(wanted, file);
  }

  @Test
  void aCutFileEndsWithItsLastWholeFrame() throws IOException {
    byte[] file = file(new byte[100], new byte[200]);
    for (int length = IvfHeader.FILE_HEADER_BYTES; length < file.length; length++) {
      IvfReader reader = new IvfReader(MemorySegment.ofArray(Arrays.copyOf(file, length)));
      int frames = 0;
      while (reader.advance()) {
        frames++;
      }
      boolean first = length >= IvfHeader.FILE_HEADER_BYTES + IvfHeader.FRAME_HEADER_BYTES + 100;
      assertEquals(first ? 1 : 0, frames);
    }
  }

  @Test
  void brokenHeadersAreRefused() throws IOException {
    byte[] file = file(new byte[10]);
    assertThrows(
        MediaException.class, () -> new IvfReader(MemorySegment.ofArray(Arrays.copyOf(file, 31))));
    for (int at : new int[] {0, 4, 6, 8}) {
      byte[] broken = file.clone();
      broken[at] ^= 0x41;
      assertThrows(MediaException.class, () -> new IvfReader(MemorySegment.ofArray(broken)));
    }
    byte[] noRate = file.clone();
    Arrays.fill(noRate, 16, 20, (byte) 0);
    assertThrows(MediaException.class, () -> new IvfReader(MemorySegment.ofArray(noRate)));
  }

  @Test
  void changedBytesNeverThrowAnythingElse() throws IOException {
    byte[] file = file(new byte[20], new byte[30], new byte[40]);
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = Arrays.copyOf(file, random.nextInt(file.length + 1));
      for (int k = 0; k < 4 && changed.length > 0; k++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        IvfReader reader = new IvfReader(MemorySegment.ofArray(changed));
        int frames = 0;
        while (reader.advance()) {
          frames++;
        }
        assertTrue(frames <= changed.length / IvfHeader.FRAME_HEADER_BYTES);
      } catch (MediaException e) {
        // refused, as it should be
      }
    }
  }
}
