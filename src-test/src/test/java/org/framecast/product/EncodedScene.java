package org.framecast.product;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.scene.MovingScene;

/** The moving scene, encoded once: a keyframe first, then what refers to it. */
final class EncodedScene {
  static final int WIDTH = 640;
  static final int HEIGHT = 360;
  static final int FRAMES = 60;
  private static final int BITRATE_BPS = 1_500_000;
  private static final int BLOCK_SAMPLES = 960;
  private static final long FRAME_NANOS = 1_000_000_000L / 30;

  private static final Map<Codec, List<byte[]>> ENCODED = new ConcurrentHashMap<>();

  private EncodedScene() {}

  static MovingScene scene() {
    return new MovingScene(WIDTH, HEIGHT, 5, FRAMES);
  }

  /** Its pictures in that codec, which nobody may change: all tests share them. */
  static List<byte[]> in(Codec codec) {
    return ENCODED.computeIfAbsent(codec, EncodedScene::encode);
  }

  private static List<byte[]> encode(Codec codec) {
    MediaCodecs codecs = new FfmpegCodecs();
    MovingScene scene = scene();
    List<byte[]> units = new ArrayList<>();
    try (BufferPool buffers = BufferPool.open("scene", 64 << 20);
        FramePool frames = FramePool.open("scene", 2);
        VideoEncoder encoder =
            codecs.openVideoEncoder(
                new VideoEncoderSettings(codec, WIDTH, HEIGHT, BITRATE_BPS, 30, 10_000, 12),
                buffers)) {
      for (int i = 0; i < FRAMES; i++) {
        try (VideoFrame frame = frames.acquire(FrameShape.i420(WIDTH, HEIGHT))) {
          scene.render(i, frame);
          encoder.encode(
              frame,
              (i + 1) * FRAME_NANOS,
              i == 0 ? VideoEncoder.Keyframe.FORCE : VideoEncoder.Keyframe.AS_NEEDED,
              unit -> units.add(bytes(unit)));
        }
      }
      encoder.flush(unit -> units.add(bytes(unit)));
    }
    return List.copyOf(units);
  }

  /** 20 ms of silence in Opus. */
  static byte[] silence() {
    try (BufferPool pool = BufferPool.open("silence", 1 << 20);
        var encoder = new FfmpegCodecs().openAudioEncoder(96_000, pool)) {
      byte[][] block = new byte[1][];
      for (int i = 0; i < 3; i++) {
        MediaBuffer pcm = pool.acquire(BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR);
        pcm.sizeBytes(BLOCK_SAMPLES * AudioFrame.BYTES_PER_SAMPLE_PAIR);
        pcm.content().fill((byte) 0);
        try (AudioFrame frame = new AudioFrame(pcm, i * 20_000_000L)) {
          encoder.encode(frame, unit -> block[0] = bytes(unit));
        }
      }
      return block[0];
    }
  }

  private static byte[] bytes(AccessUnit unit) {
    return unit.data().content().toArray(ValueLayout.JAVA_BYTE);
  }
}
