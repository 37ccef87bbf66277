package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/** Pools, threads and sinks for a pipeline under test, and the check that nothing is left. */
final class PipelineFixture implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  final FramePool frames = FramePool.open("frames", 32);
  final BufferPool buffers = BufferPool.open("buffers", 64 << 20);
  final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
  final List<Long> videoPts = Collections.synchronizedList(new ArrayList<>());
  final List<AccessUnit.Kind> kinds = Collections.synchronizedList(new ArrayList<>());
  final List<Long> audioPts = Collections.synchronizedList(new ArrayList<>());
  final List<DropKind> drops = Collections.synchronizedList(new ArrayList<>());
  final List<String> sinkFaults = Collections.synchronizedList(new ArrayList<>());
  final List<Throwable> causes = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger units = new AtomicInteger();
  final StageStatistics statistics;
  final PipelineResources resources;
  final List<Rendition> renditions = Collections.synchronizedList(new ArrayList<>());
  AccessUnitSink videoSink = unit -> {};

  PipelineFixture(MediaCodecs codecs, MediaClock clock) {
    statistics = new StageStatistics(clock, Duration.ofSeconds(5));
    resources = new PipelineResources(codecs, frames, buffers, this::thread, clock);
  }

  private Thread thread(Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    threads.add(thread);
    return thread;
  }

  PipelineOutputs outputs() {
    return new PipelineOutputs(
        this::video, unit -> audioPts.add(unit.ptsNanos()), new Listening(), statistics);
  }

  /** Remembers what is told. */
  private final class Listening implements PipelineListener {
    @Override
    public void dropped(DropKind kind, @Nullable Throwable cause) {
      PipelineFixture.this.dropped(kind, cause);
    }

    @Override
    public void sinkFailed(String sink, Throwable cause) {
      sinkFaults.add(sink + ": " + cause.getMessage());
    }
  }

  private void video(Rendition rendition, AccessUnit unit) {
    renditions.add(rendition);
    videoPts.add(unit.ptsNanos());
    kinds.add(unit.kind());
    units.incrementAndGet();
    videoSink.deliver(unit);
  }

  void dropped(DropKind kind, @Nullable Throwable cause) {
    drops.add(kind);
    if (cause != null) {
      causes.add(cause);
    }
  }

  TimestampedFrame frame(long captureNanos) {
    return frame(captureNanos, 64, 48);
  }

  TimestampedFrame frame(long captureNanos, int width, int height) {
    return new TimestampedFrame(
        frames.acquire(FrameShape.i420(width, height)), "test", 0, captureNanos);
  }

  AudioFrame sound(long ptsNanos) {
    MediaBuffer pcm = buffers.acquire(960 * AudioFrame.BYTES_PER_SAMPLE_PAIR);
    pcm.sizeBytes(960 * AudioFrame.BYTES_PER_SAMPLE_PAIR);
    pcm.content().fill((byte) 0);
    return new AudioFrame(pcm, ptsNanos);
  }

  static void await(BooleanSupplier condition) {
    Deadline end = Deadline.in(SOON);
    while (!condition.getAsBoolean()) {
      assertFalse(end.passed(), "not in time");
      Thread.onSpinWait();
    }
  }

  StageRecorder recorder() {
    return statistics;
  }

  @Override
  public void close() {
    for (Thread thread : threads) {
      join(thread);
      assertFalse(thread.isAlive(), thread.getName());
    }
    assertEquals(0, frames.live(), "frames");
    assertEquals(0, buffers.live(), "buffers");
    assertTrue(resources.codecs().liveNatives() >= 0);
    frames.close();
    buffers.close();
    assertEquals(0, resources.codecs().liveNatives(), "natives");
  }

  private static void join(Thread thread) {
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes of heap that the threads made by this fixture allocate for each of so many frames. */
  long heapBytesPerFrame(LongSupplier frames, long window) throws InterruptedException {
    long first = frames.getAsLong();
    long before = allocatedBytes();
    await(() -> frames.getAsLong() >= first + window);
    long passed = frames.getAsLong() - first;
    return (allocatedBytes() - before) / passed;
  }

  private long allocatedBytes() {
    ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = threads.stream().mapToLong(Thread::threadId).toArray();
    long sum = 0;
    for (long bytes : beans.getThreadAllocatedBytes(ids)) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }
}
