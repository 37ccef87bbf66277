package org.framecast.lifecycle;

import org.framecast.live.VideoCodecs;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.inference.DetectionSettings;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Measures which encoders keep up, and runs what every stream runs until the compiler has seen it,
 * so that the first viewer does not wait for it: the detector's pixel loops are a hundred times
 * slower before, and the codec library is loaded by its first use. Viewers and publishers who come
 * back after a restart want the cores for themselves, so the detector's runs give way to them.
 *
 * <p><b>Thread:</b> one of its own in the background; it ends by itself, and soon after {@link
 * #stop()}.
 */
final class WarmUp implements Runnable {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int BITRATE_BPS = 500_000;

  private final MediaCodecs codecs;
  private final VideoCodecs video;
  private final @Nullable Detector detector;
  private final WarmUpLoop loop;

  WarmUp(MediaCodecs codecs, VideoCodecs video, @Nullable Detector detector, WarmUpLoop loop) {
    this.codecs = codecs;
    this.video = video;
    this.detector = detector;
    this.loop = loop;
  }

  void stop() {
    loop.stop();
  }

  @Override
  public void run() {
    try (FramePool frames = FramePool.open("warm-up", 1);
        BufferPool buffers = BufferPool.open("warm-up", 1 << 22);
        VideoFrame frame = frames.acquire(FrameShape.i420(WIDTH, HEIGHT))) {
      frame.block().fill((byte) 128);
      encode(frame, buffers);
      if (!loop.isStopped()) {
        video.measure();
      }
      if (detector != null) {
        Detector warmed = detector;
        loop.repeat(() -> warmed.detect(frame, DetectionSettings.usual()));
      }
    } catch (RuntimeException e) {
      LifecycleMessages.LOG.warmUpFailed(e);
    }
  }

  private void encode(VideoFrame frame, BufferPool buffers) {
    VideoEncoderSettings settings =
        new VideoEncoderSettings(Codec.VP8, WIDTH, HEIGHT, BITRATE_BPS, 30, 30, 12);
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings, buffers)) {
      encoder.encode(frame, 1, VideoEncoder.Keyframe.FORCE, unit -> {});
      encoder.flush(unit -> {});
    }
  }
}
