package org.framecast.stream.pipeline;

import java.util.OptionalDouble;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * One encoder after the other, as size, rate and bitrate ask for it; each is flushed if it can be,
 * and closed exactly once.
 *
 * <p><b>Thread:</b> one at a time; the bitrate from any thread.
 */
final class VideoEncodeStep {
  /** An encoder is opened again when the measured rate differs by more than this factor. */
  private static final double RATE_TOLERANCE = 1.25;

  /**
   * Rates go up and down with the load, and each change costs a keyframe: after the first, another
   * rate must last so long.
   */
  private static final long RATE_PROOF_NANOS = 5_000_000_000L;

  private static final long NEVER = Long.MIN_VALUE;

  /** Two pictures of the same capture time must still differ on the wire's 90 kHz clock. */
  private static final long MIN_STEP_NANOS = 100_000;

  private final EncodeSettings settings;
  private final MediaCodecs codecs;
  private final BufferPool pool;
  private final AccessUnitSink sink;
  private final FrameRateMeter rate = new FrameRateMeter();
  private final MotionMeter motion = new MotionMeter();
  private final RatePlan plan;
  private final EncodeMeter meter;
  private double encoderRate = EncodeSettings.DEFAULT_FRAME_RATE;
  private boolean rateWasMeasured;
  private long otherSinceNanos = NEVER;
  private @Nullable VideoEncoder encoder;
  private boolean any;
  private long lastPtsNanos;

  VideoEncodeStep(
      EncodeSettings settings,
      MediaCodecs codecs,
      BufferPool pool,
      EncodeMeter meter,
      AccessUnitSink sink) {
    this.settings = settings;
    this.codecs = codecs;
    this.pool = pool;
    this.sink = sink;
    this.meter = meter;
    this.plan = new RatePlan(settings.bitrateBps());
  }

  void bitrateBps(int bps) {
    plan.feedback(bps);
  }

  /** Encodes one frame, which is lent. After a failure the next frame opens another encoder. */
  void encode(TimestampedFrame frame, Keyframe keyframe) {
    rate.add(frame.captureNanos());
    VideoFrame pixels = frame.pixels();
    motion.add(pixels, frame.captureNanos());
    VideoEncoder open = suitable(pixels.width(), pixels.height(), frame.captureNanos());
    boolean done = false;
    try {
      open.encode(pixels, nextPts(frame.captureNanos()), keyframe, sink);
      done = true;
    } finally {
      if (!done) {
        encoder = null;
        open.close();
      }
    }
  }

  /** Flushes and closes the encoder, if one is open. */
  void end() {
    VideoEncoder open = encoder;
    encoder = null;
    if (open != null) {
      try (open) {
        open.flush(sink);
      }
    }
  }

  private long nextPts(long captureNanos) {
    lastPtsNanos = any ? Math.max(captureNanos, lastPtsNanos + MIN_STEP_NANOS) : captureNanos;
    any = true;
    return lastPtsNanos;
  }

  /**
   * The encoder that is open, if it still fits, or a new one. Rate and content that are measured
   * first are taken together, so that they cost one keyframe.
   */
  private VideoEncoder suitable(int width, int height, long captureNanos) {
    VideoEncoder open = encoder;
    double fps = frameRate(captureNanos);
    OptionalDouble content = isRateKnown() ? motion.motion() : OptionalDouble.empty();
    int target = plan.targetBps(settings.codec(), width, height, fps, content, captureNanos);
    if (open != null
        && open.settings().width() == width
        && open.settings().height() == height
        && open.settings().frameRate() == fps
        && open.settings().bitrateBps() == target) {
      return open;
    }
    end();
    VideoEncoder next =
        codecs.openVideoEncoder(
            new VideoEncoderSettings(
                settings.codec(),
                width,
                height,
                target,
                fps,
                settings.keyframeIntervalFrames(),
                settings.speed()),
            pool);
    encoder = next;
    meter.opened(next.settings());
    return next;
  }

  /** The rate so far, unless the source's own is clearly another. */
  private double frameRate(long captureNanos) {
    if (settings.frameRate().isPresent()) {
      return settings.frameRate().getAsDouble();
    }
    OptionalDouble measured = rate.perSecond();
    if (measured.isEmpty() || !isOther(measured.getAsDouble())) {
      otherSinceNanos = NEVER;
      rateWasMeasured |= measured.isPresent();
      return encoderRate;
    }
    if (otherSinceNanos == NEVER) {
      otherSinceNanos = captureNanos;
    }
    if (!rateWasMeasured || captureNanos - otherSinceNanos >= RATE_PROOF_NANOS) {
      encoderRate = measured.getAsDouble();
      rateWasMeasured = true;
      otherSinceNanos = NEVER;
    }
    return encoderRate;
  }

  private boolean isRateKnown() {
    return settings.frameRate().isPresent() || rateWasMeasured;
  }

  private boolean isOther(double seen) {
    return seen > encoderRate * RATE_TOLERANCE || seen * RATE_TOLERANCE < encoderRate;
  }
}
