package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real decoder makes of real units, and when it is there. */
class DecodeLoopTest {
  private static final int SIDE = 64;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final AtomicInteger decoders = new AtomicInteger();
  private final BufferPool buffers = BufferPool.open("decode", 1 << 22);
  private final FramePool frames = FramePool.open("decode", 8);
  private final LinkedBlockingQueue<Long> decoded = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<AccessUnit> units = new ArrayList<>();
  private final DecodeLoop loop =
      new DecodeLoop(
          "decode",
          new VideoDecoderSettings(Codec.VP8, "test", SIDE * SIDE),
          new PipelineResources(
              counted(), frames, buffers, Thread.ofPlatform().daemon().factory(), System::nanoTime),
          new Times(),
          (kind, cause) -> {},
          new StageStatistics(System::nanoTime, Duration.ofSeconds(1)),
          asked::incrementAndGet);

  @BeforeEach
  void encodeAndStart() {
    try (VideoEncoder encoder =
        codecs.openVideoEncoder(
            new VideoEncoderSettings(Codec.VP8, SIDE, SIDE, 200_000, 30, 300, 12), buffers)) {
      for (int i = 0; i < 3; i++) {
        try (VideoFrame frame = frames.acquire(FrameShape.i420(SIDE, SIDE))) {
          encoder.encode(frame, i, VideoEncoder.Keyframe.AS_NEEDED, unit -> units.add(unit.hold()));
        }
      }
    }
    assertEquals(AccessUnit.Kind.KEYFRAME, units.getFirst().kind());
    loop.start();
  }

  @AfterEach
  void nothingIsLeft() {
    assertTrue(loop.stop(LIMIT));
    units.forEach(AccessUnit::close);
    assertEquals(0, decoders.get());
    assertEquals(0, buffers.live() + frames.live());
    buffers.close();
    frames.close();
    assertEquals(0, codecs.liveNatives());
  }

  /** The same codecs, with a count of the decoders of pictures that are open. */
  private MediaCodecs counted() {
    return (MediaCodecs)
        Proxy.newProxyInstance(
            MediaCodecs.class.getClassLoader(),
            new Class<?>[] {MediaCodecs.class},
            (proxy, method, arguments) -> {
              Object made = method.invoke(codecs, arguments);
              return made instanceof VideoDecoder decoder ? new Counted(decoder) : made;
            });
  }

  private final class Counted implements VideoDecoder {
    private final VideoDecoder decoder;

    Counted(VideoDecoder decoder) {
      this.decoder = decoder;
      decoders.incrementAndGet();
    }

    @Override
    public void decode(AccessUnit unit, Consumer<TimestampedFrame> sink) {
      decoder.decode(unit, sink);
    }

    @Override
    public void gap() {
      decoder.gap();
    }

    @Override
    public VideoDecoderSettings settings() {
      return decoder.settings();
    }

    @Override
    public boolean needsKeyframe() {
      return decoder.needsKeyframe();
    }

    @Override
    public void close() {
      decoder.close();
      decoders.decrementAndGet();
    }
  }

  private void isDecoded(int number) throws InterruptedException {
    Long time = decoded.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(time, "picture " + number);
    assertEquals(number, time);
  }

  @Test
  void theDecoderIsClosedWhileNobodyNeedsItsPictures() throws InterruptedException {
    loop.offer(units.get(0));
    loop.offer(units.get(1));
    isDecoded(0);
    isDecoded(1);
    assertEquals(1, decoders.get());
    loop.rest();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (decoders.get() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
    }
    assertEquals(0, decoders.get(), "the decoder is still open");

    // A picture in between is of no use to the next decoder.
    loop.offer(units.get(2));
    loop.offer(units.get(0));
    isDecoded(0);
    assertEquals(1, asked.get(), "a keyframe is asked for");
  }

  private final class Times implements StreamInput {
    @Override
    public boolean offerFrame(TimestampedFrame frame) {
      try (frame) {
        decoded.add(frame.captureNanos());
        return true;
      }
    }

    @Override
    public boolean offerAudio(AudioFrame block) {
      return false;
    }
  }
}
