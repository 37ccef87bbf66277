package org.framecast.stream.source.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.source.clip.IvfSource.End;
import org.framecast.stream.source.clip.IvfSource.Pace;
import org.framecast.stream.source.clip.IvfSource.Repeat;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files, real FIFOs and real child processes, whole and broken. */
@Timeout(180)
class IvfSourceTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FRAMES = 12;

  @TempDir Path folder;

  private final BufferPool pool = BufferPool.open("ivf", 16 << 20);
  private final List<byte[]> seen = Collections.synchronizedList(new ArrayList<>());
  private final List<AccessUnit.Kind> kinds = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> times = Collections.synchronizedList(new ArrayList<>());
  private final List<Rendition> renditions = Collections.synchronizedList(new ArrayList<>());
  private final LinkedBlockingQueue<End> ends = new LinkedBlockingQueue<>();
  private final List<Exception> causes = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void nothingIsLent() {
    assertEquals(0, pool.live());
    pool.close();
  }

  /** The bytes of frame {@code i}: a keyframe first, then others, no two of one size. */
  private static byte[] frame(int i) {
    byte[] bytes = new byte[1_000 + 137 * i];
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) (i * 31 + at);
    }
    bytes[0] = (byte) (i == 0 ? 0x10 : 0x11);
    return bytes;
  }

  /** An IVF file of VP8 with 50 frames a second. */
  private static byte[] file(int frames) {
    ByteBuffer file = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new IvfHeader(Codec.VP8, 320, 180, 50, 1, frames).bytes());
    for (int i = 0; i < frames; i++) {
      byte[] bytes = frame(i);
      file.putInt(bytes.length).putLong(i).put(bytes);
    }
    return java.util.Arrays.copyOf(file.array(), file.position());
  }

  /** As many bytes as reach into frame {@code i}. */
  private static int upToTheMiddleOf(int i) {
    int bytes = IvfHeader.FILE_HEADER_BYTES;
    for (int before = 0; before < i; before++) {
      bytes += IvfHeader.FRAME_HEADER_BYTES + frame(before).length;
    }
    return bytes + IvfHeader.FRAME_HEADER_BYTES + frame(i).length / 2;
  }

  private IvfSource source(IvfInput.Opener opener, Pace pace, Repeat repeat) {
    IvfSource source =
        new IvfSource(
            new IvfSource.Settings("ivf", pace, repeat),
            opener,
            pool,
            this::deliver,
            MediaClock.system());
    source.start(Thread.ofPlatform().daemon()::unstarted, this::ended);
    return source;
  }

  private void deliver(Rendition rendition, AccessUnit unit) {
    seen.add(unit.data().content().toArray(ValueLayout.JAVA_BYTE));
    kinds.add(unit.kind());
    times.add(unit.ptsNanos());
    renditions.add(rendition);
  }

  private void ended(End end, @Nullable Exception cause) {
    if (cause != null) {
      causes.add(cause);
    }
    ends.add(end);
  }

  private End awaitEnd() throws InterruptedException {
    End end = ends.poll(30, TimeUnit.SECONDS);
    assertNotNull(end, "no end in time");
    return end;
  }

  private void assertWhole(int frames) {
    assertEquals(frames, seen.size());
    for (int i = 0; i < frames; i++) {
      assertEquals(ByteBuffer.wrap(frame(i)), ByteBuffer.wrap(seen.get(i)));
      assertEquals(i == 0 ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA, kinds.get(i));
    }
    assertEquals(Collections.nCopies(frames, Rendition.best(Codec.VP8)), renditions);
    assertEquals(times.stream().sorted().distinct().toList(), times);
  }

  private Path fifo() throws Exception {
    Path fifo = folder.resolve("pipe.ivf");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    return fifo;
  }

  @Test
  void aFileIsPacedByItsOwnTimes() throws Exception {
    Path file = Files.write(folder.resolve("clip.ivf"), file(FRAMES));
    long start = System.nanoTime();
    IvfSource source = source(IvfInput.ofPath(file), Pace.BY_ITS_TIMES, Repeat.ONCE);
    assertEquals(End.COMPLETE, awaitEnd());
    long tookNanos = System.nanoTime() - start;
    assertWhole(FRAMES);
    assertEquals(0, source.errors());
    for (int i = 1; i < FRAMES; i++) {
      assertEquals(20_000_000, times.get(i) - times.get(i - 1));
    }
    assertTrue(tookNanos >= (FRAMES - 1) * 20_000_000L, tookNanos + " ns");
    assertEquals(new IvfHeader(Codec.VP8, 320, 180, 50, 1, FRAMES), source.header());
    assertTrue(source.stop(SOON));
  }

  @Test
  void aFileThatIsRepeatedGoesOnInTime() throws Exception {
    Path file = Files.write(folder.resolve("clip.ivf"), file(3));
    IvfSource source = source(IvfInput.ofPath(file), Pace.BY_ITS_TIMES, Repeat.AGAIN);
    for (int i = 0; i < 3; i++) {
      assertEquals(End.COMPLETE, awaitEnd());
    }
    assertTrue(source.stop(SOON));
    assertTrue(seen.size() >= 9);
    assertEquals(times.stream().sorted().distinct().toList(), times);
  }

  @Test
  void aFifoIsReadAsItIsWritten() throws Exception {
    Path fifo = fifo();
    IvfSource source = source(IvfInput.ofPath(fifo), Pace.AS_THEY_COME, Repeat.ONCE);
    byte[] file = file(FRAMES);
    try (OutputStream writer = Files.newOutputStream(fifo)) {
      // In pieces that have nothing to do with frames.
      for (int at = 0; at < file.length; at += 777) {
        writer.write(file, at, Math.min(777, file.length - at));
        writer.flush();
      }
    }
    assertEquals(End.COMPLETE, awaitEnd());
    assertWhole(FRAMES);
    assertEquals(0, source.errors());
    assertTrue(source.stop(SOON));
  }

  @Test
  void aFifoThatBreaksInAFrameDeliversEveryWholeFrameAndCountsTheError() throws Exception {
    Path fifo = fifo();
    IvfSource source = source(IvfInput.ofPath(fifo), Pace.AS_THEY_COME, Repeat.ONCE);
    try (OutputStream writer = Files.newOutputStream(fifo)) {
      writer.write(file(FRAMES), 0, upToTheMiddleOf(7));
    }
    assertEquals(End.BROKEN, awaitEnd());
    assertWhole(7);
    assertEquals(7, source.frames());
    assertEquals(1, source.errors());
    assertEquals(MediaException.Code.MALFORMED, ((MediaException) causes.getFirst()).code());
    assertTrue(source.stop(SOON));
  }

  @Test
  void afterABreakTheNextWriterIsRead() throws Exception {
    Path fifo = fifo();
    IvfSource source = source(IvfInput.ofPath(fifo), Pace.AS_THEY_COME, Repeat.AGAIN);
    try (OutputStream writer = Files.newOutputStream(fifo)) {
      writer.write(file(FRAMES), 0, upToTheMiddleOf(2));
    }
    assertEquals(End.BROKEN, awaitEnd());
    try (OutputStream writer = Files.newOutputStream(fifo)) {
      writer.write(file(3));
    }
    assertEquals(End.COMPLETE, awaitEnd());
    assertEquals(5, source.frames());
    assertEquals(1, source.errors());
    assertTrue(source.stop(SOON), "also while it waits for the next writer");
  }

  @Test
  void aFileThatAlwaysBreaksIsReadOnceASecond() throws Exception {
    Path file =
        Files.write(
            folder.resolve("cut.ivf"), java.util.Arrays.copyOf(file(3), upToTheMiddleOf(1)));
    IvfSource source = source(IvfInput.ofPath(file), Pace.BY_ITS_TIMES, Repeat.AGAIN);
    for (int i = 0; i < 3; i++) {
      assertEquals(End.BROKEN, awaitEnd());
    }
    assertTrue(times.get(2) - times.get(0) >= 2_000_000_000L, times + "");
    assertTrue(source.stop(SOON));
  }

  @Test
  void whatIsOverAtOnceIsNotReadInARush() throws Exception {
    Path still = Files.write(folder.resolve("still.ivf"), file(1));
    IvfSource source = source(IvfInput.ofPath(still), Pace.BY_ITS_TIMES, Repeat.AGAIN);
    for (int i = 0; i < 6; i++) {
      assertEquals(End.COMPLETE, awaitEnd());
    }
    assertTrue(times.get(5) - times.get(0) >= 5 * 40_000_000L, times + "");
    assertTrue(source.stop(SOON));
  }

  @Test
  void aSourceThatWaitsForAWriterCanBeStopped() throws Exception {
    IvfSource source = source(IvfInput.ofPath(fifo()), Pace.AS_THEY_COME, Repeat.AGAIN);
    assertNull(ends.poll(200, TimeUnit.MILLISECONDS), "it waits");
    assertTrue(source.stop(SOON));
    assertEquals(End.STOPPED, awaitEnd());
    assertEquals(0, source.errors());
  }

  @Test
  void aSourceThatWaitsForBytesCanBeStopped() throws Exception {
    Path fifo = fifo();
    CountDownLatch stopped = new CountDownLatch(1);
    IvfSource source = source(IvfInput.ofPath(fifo), Pace.AS_THEY_COME, Repeat.AGAIN);
    try (OutputStream writer = Files.newOutputStream(fifo)) {
      writer.write(file(FRAMES), 0, upToTheMiddleOf(3));
      writer.flush();
      assertNull(ends.poll(200, TimeUnit.MILLISECONDS), "it waits");
      assertTrue(source.stop(SOON));
      stopped.countDown();
    }
    assertEquals(End.STOPPED, awaitEnd());
    assertEquals(0, source.errors());
  }

  @Test
  void aChildProcessIsReadLive() throws Exception {
    Path file = Files.write(folder.resolve("clip.ivf"), file(FRAMES));
    IvfSource source =
        source(IvfInput.ofCommand(List.of("cat", file.toString())), Pace.AS_THEY_COME, Repeat.ONCE);
    assertEquals(End.COMPLETE, awaitEnd());
    assertWhole(FRAMES);
    assertTrue(source.stop(SOON));
  }

  @Test
  void aChildThatDiesInAFrameDeliversEveryWholeFrameAndCountsTheError() throws Exception {
    Path file = Files.write(folder.resolve("clip.ivf"), file(FRAMES));
    IvfSource source =
        source(
            IvfInput.ofCommand(
                List.of("head", "-c", Integer.toString(upToTheMiddleOf(9)), file.toString())),
            Pace.AS_THEY_COME,
            Repeat.ONCE);
    assertEquals(End.BROKEN, awaitEnd());
    assertWhole(9);
    assertEquals(1, source.errors());
    assertTrue(source.stop(SOON));
  }

  @Test
  void aChildThatFailsBehindAWholeFrameIsAnErrorToo() throws Exception {
    Path file = Files.write(folder.resolve("clip.ivf"), file(4));
    IvfSource source =
        source(
            IvfInput.ofCommand(List.of("sh", "-c", "cat \"$0\"; exit 3", file.toString())),
            Pace.AS_THEY_COME,
            Repeat.ONCE);
    assertEquals(End.BROKEN, awaitEnd());
    assertWhole(4);
    assertEquals(1, source.errors());
    assertTrue(causes.getFirst() instanceof IOException);
    assertTrue(source.stop(SOON));
  }

  @Test
  void aStopEndsTheChild() throws Exception {
    long marker = 600_000 + ProcessHandle.current().pid();
    IvfSource source =
        source(
            IvfInput.ofCommand(List.of("sleep", Long.toString(marker))),
            Pace.AS_THEY_COME,
            Repeat.ONCE);
    assertNull(ends.poll(300, TimeUnit.MILLISECONDS), "it runs");
    assertTrue(source.stop(SOON));
    assertEquals(End.STOPPED, awaitEnd());
    Deadline deadline = Deadline.in(SOON);
    while (ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive)) {
      assertFalse(deadline.passed(), "a child is left");
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsNoIvfIsAnError() throws Exception {
    Path file = Files.write(folder.resolve("clip.ivf"), new byte[500]);
    IvfSource source = source(IvfInput.ofPath(file), Pace.BY_ITS_TIMES, Repeat.ONCE);
    assertEquals(End.BROKEN, awaitEnd());
    assertEquals(1, source.errors());
    assertEquals(List.of(), seen);
    IvfSource none =
        source(IvfInput.ofPath(folder.resolve("none.ivf")), Pace.BY_ITS_TIMES, Repeat.ONCE);
    assertEquals(End.BROKEN, awaitEnd());
    assertTrue(source.stop(SOON) && none.stop(SOON));
  }

  @Test
  void aFrameOfAbsurdSizeIsAnErrorAndTakesNoMemory() throws Exception {
    byte[] bytes = file(2);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(32, Integer.MAX_VALUE);
    Path file = Files.write(folder.resolve("clip.ivf"), bytes);
    IvfSource source = source(IvfInput.ofPath(file), Pace.BY_ITS_TIMES, Repeat.ONCE);
    assertEquals(End.BROKEN, awaitEnd());
    assertEquals(List.of(), seen);
    assertTrue(source.stop(SOON));
  }
}
