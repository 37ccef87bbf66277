package org.framecast.stream.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.time.MediaClock;

/**
 * Measures how long an encoder takes for a picture on this machine, so that a codec is offered only
 * where its encoder keeps up.
 *
 * <p><b>Thread:</b> any; the measurement uses the caller's.
 */
public final class EncoderSpeed {
  private static final int WARM = 3;
  private static final int SCROLL_PIXELS = 5;
  private static final long STEP_NANOS = 33_333_333;
  private static final int BUFFER_BYTES = 1 << 24;

  private EncoderSpeed() {}

  /**
   * The median over so many pictures of a texture that scrolls, behind the first few.
   *
   * @throws org.framecast.stream.media.MediaException as the encoder does
   */
  public static Duration median(
      MediaCodecs codecs, VideoEncoderSettings settings, int pictures, MediaClock clock) {
    long[] nanos = new long[pictures];
    FrameShape shape = FrameShape.i420(settings.width(), settings.height());
    MemorySegment texture =
        texture(shape.rowBytes(0) + SCROLL_PIXELS * (WARM + pictures) + shape.rows(0));
    try (FramePool frames = FramePool.open("encoder-speed", 1);
        BufferPool buffers = BufferPool.open("encoder-speed", BUFFER_BYTES);
        VideoFrame frame = frames.acquire(shape);
        VideoEncoder encoder = codecs.openVideoEncoder(settings, buffers)) {
      for (int i = 0; i < WARM + pictures; i++) {
        draw(frame, texture, i * SCROLL_PIXELS);
        long before = clock.nanos();
        encoder.encode(frame, i * STEP_NANOS, Keyframe.AS_NEEDED, unit -> {});
        if (i >= WARM) {
          nanos[i - WARM] = clock.nanos() - before;
        }
      }
      encoder.flush(unit -> {});
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[pictures / 2]);
  }

  private static MemorySegment texture(int length) {
    SplittableRandom random = new SplittableRandom(1);
    byte[] levels = new byte[length];
    for (int i = 0; i < length; i++) {
      levels[i] = (byte) (128 + 60 * Math.sin(i / 13.0) + random.nextInt(-12, 13));
    }
    return MemorySegment.ofArray(levels);
  }

  private static void draw(VideoFrame frame, MemorySegment texture, int offset) {
    for (int plane = 0; plane < 3; plane++) {
      for (int y = 0; y < frame.shape().rows(plane); y++) {
        MemorySegment.copy(
            texture,
            ValueLayout.JAVA_BYTE,
            offset + y % 64,
            frame.plane(plane),
            ValueLayout.JAVA_BYTE,
            (long) y * frame.stride(plane),
            frame.shape().rowBytes(plane));
      }
    }
  }
}
