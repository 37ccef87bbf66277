package org.framecast.live;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.clip.ClipFile;
import org.framecast.stream.source.clip.ClipRecorder;
import org.framecast.stream.source.scene.MovingScene;

/**
 * Makes the clip of {@code demo-raw}: the demo's scene at 720p30 in VP8 at 1.5 Mb/s with a tone in
 * Opus, ten seconds that loop without a seam.
 *
 * <p><b>Thread:</b> one.
 */
final class DemoClip {
  static final int WIDTH = 1_280;
  static final int HEIGHT = 720;

  private static final int FRAMES_PER_SECOND = 30;
  private static final int FRAMES = 300;
  private static final int BITRATE_BPS = 1_500_000;
  private static final int SPEED = 8;
  private static final long SEED = 7;
  private static final int BLOCK_SAMPLES = AudioFrame.SAMPLE_RATE_HZ / 50;
  private static final long BLOCK_NANOS = 20_000_000L;
  private static final int TONE_PERIODS = 8;
  private static final float AMPLITUDE = 0.08f;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Duration LENGTH = Duration.ofSeconds(FRAMES / FRAMES_PER_SECOND);

  private final StreamParts parts;

  DemoClip(StreamParts parts) {
    this.parts = parts;
  }

  /** The clip's file, made now if it is not there. */
  Path file() throws IOException, InterruptedException {
    Path file = parts.config().folders().data().resolve("demo-raw-1.clip");
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      make(file);
    }
    return file;
  }

  private void make(Path file) throws IOException, InterruptedException {
    try (BufferPool buffers = BufferPool.open("demo-clip", 64L << 20);
        FramePool frames = FramePool.open("demo-clip", 2);
        ClipRecorder recorder = new ClipRecorder()) {
      encodePictures(recorder, buffers, frames);
      encodeTone(recorder, buffers);
      recorder.write(file, new ClipFile.FrameSize(WIDTH, HEIGHT), LENGTH.toNanos());
    }
  }

  private void encodePictures(ClipRecorder recorder, BufferPool buffers, FramePool frames)
      throws InterruptedException {
    MovingScene scene = new MovingScene(WIDTH, HEIGHT, SEED, FRAMES);
    VideoEncoderSettings settings =
        new VideoEncoderSettings(
            Codec.VP8, WIDTH, HEIGHT, BITRATE_BPS, FRAMES_PER_SECOND, FRAMES_PER_SECOND, SPEED);
    try (VideoEncoder encoder = parts.codecs().openVideoEncoder(settings, buffers);
        VideoFrame frame = frames.acquire(FrameShape.i420(WIDTH, HEIGHT))) {
      for (int i = 0; i < FRAMES; i++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        scene.render(i, frame);
        // A viewer who comes later starts at the next of these: one every second.
        VideoEncoder.Keyframe keyframe =
            i % FRAMES_PER_SECOND == 0
                ? VideoEncoder.Keyframe.FORCE
                : VideoEncoder.Keyframe.AS_NEEDED;
        encoder.encode(frame, i * NANOS_PER_SECOND / FRAMES_PER_SECOND, keyframe, recorder);
      }
      encoder.flush(recorder);
    }
  }

  private void encodeTone(ClipRecorder recorder, BufferPool buffers) {
    try (AudioEncoder encoder =
        parts.codecs().openAudioEncoder(parts.config().video().audioBitrateBps(), buffers)) {
      for (long at = 0; at < LENGTH.toNanos(); at += BLOCK_NANOS) {
        try (AudioFrame block = tone(buffers, at)) {
          encoder.encode(block, recorder);
        }
      }
      encoder.flush(recorder);
    }
  }

  /** One block like the other: the tone's period divides it. */
  private static AudioFrame tone(BufferPool buffers, long ptsNanos) {
    MediaBuffer pcm = buffers.acquire(BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR);
    for (int i = 0; i < BLOCK_SAMPLES; i++) {
      float sample = AMPLITUDE * (float) Math.sin(2 * Math.PI * TONE_PERIODS * i / BLOCK_SAMPLES);
      pcm.block().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, sample);
      pcm.block().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, sample);
    }
    pcm.sizeBytes(BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR);
    return new AudioFrame(pcm, ptsNanos);
  }
}
