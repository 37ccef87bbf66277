package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;

/** Real codecs, pools, pictures and sound for a sink under test, and the check for leaks. */
final class SinkStage implements AutoCloseable, ComponentContext {
  static final int WIDTH = 192;
  static final int HEIGHT = 108;
  static final int FRAME_RATE = 25;
  static final long FRAME_NANOS = 1_000_000_000L / FRAME_RATE;
  static final long BLOCK_NANOS = 20_000_000L;
  private static final int BLOCK_SAMPLES = 960;

  final FramePool frames;
  final BufferPool buffers = BufferPool.open("sink-buffers", 128 << 20);
  final MediaCodecs codecs = ServiceLoader.load(MediaCodecs.class).findFirst().orElseThrow();
  final Map<Class<?>, Object> context = new HashMap<>();

  SinkStage() {
    this(16);
  }

  SinkStage(int pictures) {
    frames = FramePool.open("sink-frames", pictures);
    context.put(FramePool.class, frames);
    context.put(BufferPool.class, buffers);
    context.put(MediaCodecs.class, codecs);
    context.put(MediaFolders.class, MediaFolders.everywhere());
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return Optional.ofNullable(context.get(type)).map(type::cast);
  }

  SinkTools tools() {
    return new SinkTools(codecs, buffers);
  }

  static MediaInfo pictures() {
    return MediaInfo.ofVideo(new VideoInfo(WIDTH, HEIGHT, FRAME_RATE));
  }

  static MediaInfo both() {
    return new MediaInfo(
        pictures().video(), Optional.of(AudioInfo.WORKING), Optional.empty(), Map.of());
  }

  TimestampedFrame picture(int number, long ptsNanos) {
    return picture(number, ptsNanos, WIDTH, HEIGHT);
  }

  /** Soft waves that move, in colours that RGB has. */
  TimestampedFrame picture(int number, long ptsNanos, int width, int height) {
    VideoFrame pixels = frames.acquire(FrameShape.i420(width, height));
    for (int plane = 0; plane < 3; plane++) {
      for (int y = 0; y < pixels.shape().rows(plane); y++) {
        for (int x = 0; x < pixels.shape().rowBytes(plane); x++) {
          double wave = Math.sin((x + 3.0 * number) / 11) + Math.cos((y + number) / 7.0 + plane);
          pixels
              .plane(plane)
              .set(
                  ValueLayout.JAVA_BYTE,
                  (long) y * pixels.stride(plane) + x,
                  (byte) Math.round(126 + (plane == 0 ? 30 : 10) * wave));
        }
      }
    }
    return new TimestampedFrame(pixels, "waves", number, ptsNanos);
  }

  /** 20 ms of a tone of 440 Hz. */
  AudioFrame sound(int number, long ptsNanos) {
    int bytes = BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer pcm = buffers.acquire(bytes).sizeBytes(bytes);
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      double turn = 2 * Math.PI * 440 * ((long) number * BLOCK_SAMPLES + i) / 48_000;
      float value = (float) (0.3 * Math.sin(turn));
      pcm.content().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, value);
      pcm.content().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, value);
    }
    return new AudioFrame(pcm, ptsNanos);
  }

  /** Gives so many pictures, each with the sound that goes with it. */
  void give(StreamSink sink, int first, int count, long originNanos) throws InterruptedException {
    for (int i = first; i < first + count; i++) {
      try (TimestampedFrame frame = picture(i, originNanos + i * FRAME_NANOS)) {
        sink.accept(frame);
      }
      for (int block = 2 * i; block < 2 * i + 2; block++) {
        try (AudioFrame sound = sound(block, originNanos + block * BLOCK_NANOS)) {
          sink.accept(sound);
        }
      }
    }
  }

  @Override
  public void close() {
    assertEquals(0, frames.live(), "frames");
    assertEquals(0, buffers.live(), "buffers");
    frames.close();
    buffers.close();
    assertEquals(0, codecs.liveNatives(), "natives");
  }
}
