package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;

/**
 * Encodes the frames of a queue on a thread of its own and delivers access units.
 *
 * <p>The encoder is opened at the first frame, and again when size, measured frame rate or bitrate
 * change. A frame that cannot be encoded costs that frame and that encoder. At the end what was
 * accepted is encoded, and the encoder is flushed and closed, once, whatever happened.
 *
 * <p><b>Thread:</b> start and stop from one owner; keyframe requests and bitrate from any thread.
 * The sink is called by the loop's thread.
 *
 * <p><b>Units:</b> the PTS of a unit is the capture time of its frame.
 */
final class EncodeLoop {
  private final MediaClock clock;
  private final PipelineOutputs outputs;
  private final StageStatistics statistics;
  private final Rendition rendition;
  private final EncodeLife life;
  private final EncodeMeter meter;
  private final KeyframeRequests keyframes;
  private final VideoEncodeStep step;
  private final QueueLoop<TimestampedFrame> loop;
  private long sendNanos;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param input closed by this loop at its end
   */
  EncodeLoop(
      EncodePlan plan,
      PipelineResources resources,
      FrameQueue<TimestampedFrame> input,
      PipelineOutputs outputs,
      EncodeLife life) {
    EncodeSettings settings = plan.settings();
    this.rendition = plan.rendition();
    this.life = life;
    this.meter = new EncodeMeter(resources.clock());
    this.clock = resources.clock();
    this.outputs = outputs;
    this.statistics = outputs.statistics();
    this.keyframes = new KeyframeRequests(clock, settings.keyframeGap());
    this.step =
        new VideoEncodeStep(
            settings, resources.codecs(), resources.buffers(), meter, this::deliver);
    this.loop =
        new QueueLoop<>(
            plan.name(), resources.threads(), input, this::encode, this::end, life::over);
  }

  EncodeMeter meter() {
    return meter;
  }

  /** Starts the thread. Once only. */
  public void start() {
    loop.start();
  }

  /** Asks for a keyframe soon; many requests become one. */
  public void requestKeyframe() {
    keyframes.ask();
  }

  /**
   * Sets what the viewers can take. The encoder is opened again for it, which costs a keyframe, so
   * it follows in steps; see {@link RatePlan}.
   *
   * @param bps 0 for what size, frame rate and content ask for
   */
  public void bitrateBps(int bps) {
    step.bitrateBps(bps);
  }

  /**
   * Ends the loop. Idempotent.
   *
   * @return whether it ended in time
   */
  public boolean stop(StopMode mode, Duration deadline) {
    return loop.stop(mode, Deadline.in(deadline));
  }

  private void encode(TimestampedFrame frame) {
    boolean forced = keyframes.due();
    long start = clock.nanos();
    sendNanos = 0;
    try (frame) {
      step.encode(frame, forced ? Keyframe.FORCE : Keyframe.AS_NEEDED);
      statistics.record(Stage.ENCODE, clock.nanos() - start - sendNanos);
    } catch (RuntimeException | Error e) {
      if (forced) {
        keyframes.ask();
      }
      statistics.dropped(DropKind.ERROR);
      outputs.listener().dropped(DropKind.ERROR, e);
    }
  }

  private void end() {
    try {
      step.end();
    } catch (RuntimeException e) {
      outputs.listener().dropped(DropKind.ERROR, e);
    } finally {
      life.ended();
    }
  }

  private void deliver(AccessUnit unit) {
    if (unit.kind() == AccessUnit.Kind.KEYFRAME) {
      keyframes.made();
    }
    long start = clock.nanos();
    try {
      outputs.video().deliver(rendition, unit);
    } catch (RuntimeException e) {
      // A sink that fails loses this unit; the encoder knows nothing of sinks.
      outputs.listener().dropped(DropKind.ERROR, e);
    }
    long end = clock.nanos();
    sendNanos += end - start;
    statistics.record(Stage.SEND, end - start);
    statistics.record(Stage.TOTAL, end - unit.ptsNanos());
    statistics.coded(unit.data().sizeBytes());
    meter.unit(unit.data().sizeBytes());
  }
}
