package org.framecast.stream.source.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTest {
  private static final long FRAME_NANOS = 40_000_000;
  private static final long BLOCK_NANOS = 20_000_000;
  private static final int FRAMES = 5;
  private static final long DURATION_NANOS = FRAMES * FRAME_NANOS;
  private static final ClipFile.FrameSize SIZE = new ClipFile.FrameSize(320, 180);

  @TempDir Path folder;
  private final BufferPool pool = BufferPool.open("test", 16 << 20);

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, pool.live());
    pool.close();
  }

  private AccessUnit unit(Codec codec, int number, long ptsNanos) {
    // The first bit of VP8 says whether the frame is a keyframe: 0 is.
    byte first = (byte) (codec == Codec.VP8 && number > 0 ? 1 : 0);
    byte[] bytes = {first, (byte) number, 3, 4, 5};
    return new AccessUnit(
        codec,
        AccessUnit.Kind.KEYFRAME,
        pool.acquire(bytes.length).fill(ByteBuffer.wrap(bytes)),
        ptsNanos,
        0);
  }

  private Path record() throws IOException {
    Path path = folder.resolve("test.clip");
    try (ClipRecorder recorder = new ClipRecorder()) {
      for (int i = 0; i < FRAMES + 1; i++) {
        try (AccessUnit unit = unit(Codec.VP8, i, i * FRAME_NANOS)) {
          recorder.deliver(unit);
        }
      }
      for (int i = 0; i < 2 * FRAMES + 2; i++) {
        try (AccessUnit unit = unit(Codec.OPUS, i, i * BLOCK_NANOS)) {
          recorder.deliver(unit);
        }
      }
      assertEquals(FRAMES + 1, recorder.units(Codec.VP8));
      recorder.write(path, SIZE, DURATION_NANOS);
    }
    return path;
  }

  @Test
  void whatWasRecordedIsLoaded() throws IOException {
    Path path = record();
    try (var files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
    try (Clip clip = ClipFile.load(path, pool)) {
      assertEquals(SIZE, clip.size());
      assertEquals(DURATION_NANOS, clip.durationNanos());
      assertEquals(FRAMES + 2 * FRAMES, clip.units().size());
      List<AccessUnit> video = clip.units().stream().filter(u -> u.codec() == Codec.VP8).toList();
      for (int i = 0; i < FRAMES; i++) {
        assertEquals(i * FRAME_NANOS, video.get(i).ptsNanos());
        boolean keyframe = video.get(i).kind() == AccessUnit.Kind.KEYFRAME;
        assertEquals(i == 0, keyframe);
        assertEquals(
            i, video.get(i).data().content().get(java.lang.foreign.ValueLayout.JAVA_BYTE, 1));
      }
    }
  }

  @Test
  void theLoopGoesOnWithoutACopy() throws IOException {
    try (Clip clip = ClipFile.load(record(), pool)) {
      ClipLoop loop = clip.loop(1_000);
      List<Long> video = new ArrayList<>();
      List<Long> audio = new ArrayList<>();
      for (int i = 0; i < 3 * clip.units().size(); i++) {
        long due = loop.nextPtsNanos();
        try (AccessUnit unit = loop.take()) {
          assertEquals(due, unit.ptsNanos());
          assertSame(clip.units().get(i % clip.units().size()).data(), unit.data());
          (unit.codec() == Codec.VP8 ? video : audio).add(unit.ptsNanos());
        }
      }
      for (int i = 0; i < 3 * FRAMES; i++) {
        assertEquals(1_000 + i * FRAME_NANOS, video.get(i));
      }
      for (int i = 0; i < 6 * FRAMES; i++) {
        assertEquals(1_000 + i * BLOCK_NANOS, audio.get(i));
      }
    }
  }

  @Test
  void aUnitOutlivesTheClip() throws IOException {
    Clip clip = ClipFile.load(record(), pool);
    ClipLoop loop = clip.loop(0);
    try (AccessUnit unit = loop.take()) {
      clip.close();
      clip.close();
      assertEquals(1, pool.live());
      assertEquals(5, unit.data().sizeBytes());
      assertThrows(IllegalStateException.class, loop::take);
    }
  }

  @Test
  void everyTruncationIsMalformedAndLeavesNothing() throws IOException {
    byte[] file = Files.readAllBytes(record());
    int packets = 2 * FRAMES;
    int packetBytes = ClipFile.PACKET_HEADER_BYTES + 5;
    for (int length = 0; length < file.length; length++) {
      MemorySegment cut = MemorySegment.ofArray(Arrays.copyOf(file, length));
      int missing = file.length - length;
      if (missing % packetBytes == 0 && missing <= packets * packetBytes) {
        ClipFile.read(cut, pool).close(); // fewer packets of sound, all of them whole
      } else {
        MediaException e = assertThrows(MediaException.class, () -> ClipFile.read(cut, pool));
        assertEquals(MediaException.Code.MALFORMED, e.code());
      }
      assertEquals(0, pool.live());
    }
  }

  @Test
  void changedBytesNeverThrowAnythingElse() throws IOException {
    byte[] file = Files.readAllBytes(record());
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      byte[] changed = file.clone();
      for (int k = 0; k <= i % 4; k++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        ClipFile.read(MemorySegment.ofArray(changed), pool).close();
      } catch (MediaException e) {
        assertEquals(0, pool.live());
      }
    }
  }

  @Test
  void thePlayerKeepsTimeAndStops() throws IOException, InterruptedException {
    int wanted = 40;
    List<Long> lateNanos = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch played = new CountDownLatch(wanted);
    List<Thread> threads = new ArrayList<>();
    MediaClock clock = MediaClock.system();
    try (Clip clip = ClipFile.load(record(), pool)) {
      ClipPlayer player =
          new ClipPlayer(
              "clip player",
              clip,
              unit -> {
                lateNanos.add(clock.nanos() - unit.ptsNanos());
                played.countDown();
              },
              clock);
      player.start(
          work -> {
            Thread made = new Thread(work);
            threads.add(made);
            return made;
          });
      assertTrue(played.await(30, TimeUnit.SECONDS));
      assertTrue(player.stop(Duration.ofSeconds(5)));
      assertTrue(player.stop(Duration.ofSeconds(5)));
      threads.getFirst().join(30_000);
      assertFalse(threads.getFirst().isAlive());
      assertThrows(IllegalStateException.class, () -> player.start(Thread::new));
    }
    assertTrue(lateNanos.stream().allMatch(late -> late >= 0), "a unit came early");
  }
}
