package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaBuffer;
import org.junit.jupiter.api.AfterEach;

/** Pools for one test; after it nothing is lent and no native object is open. */
abstract class NativesTest {
  final MediaCodecs codecs = new FfmpegCodecs();
  final FramePool frames = FramePool.open("test frames", 64);
  final BufferPool buffers = BufferPool.open("test buffers", 256L << 20);

  private final int nativesBefore = codecs.liveNatives();

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, frames.live(), "frames lent");
    assertEquals(0, buffers.live(), "buffers lent");
    frames.close();
    buffers.close();
    assertEquals(nativesBefore, codecs.liveNatives(), "natives open");
  }

  MediaBuffer buffer(byte[] bytes) {
    return buffers.acquire(bytes.length).fill(ByteBuffer.wrap(bytes));
  }

  /** Keeps units past their delivery; closing it gives them up. */
  static final class Collected implements AccessUnitSink, AutoCloseable {
    final List<AccessUnit> units = new ArrayList<>();

    @Override
    public void deliver(AccessUnit unit) {
      units.add(unit.hold());
    }

    List<Long> times() {
      return units.stream().map(AccessUnit::ptsNanos).toList();
    }

    @Override
    public void close() {
      units.forEach(AccessUnit::close);
    }
  }
}
