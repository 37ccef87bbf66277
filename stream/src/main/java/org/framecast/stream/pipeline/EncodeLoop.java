package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.media.AccessUnit;
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
public final class EncodeLoop {
  private final MediaClock clock;
  private final PipelineOutputs outputs;
  private final StageStatistics statistics;
  private final KeyframeRequests keyframes;
  private final VideoEncodeStep step;
  private final QueueLoop<TimestampedFrame> loop;
  private long sendNanos;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   * @param input closed by this loop at its end
   */
  public EncodeLoop(
      String name,
      EncodeSettings settings,
      PipelineResources resources,
      FrameQueue<TimestampedFrame> input,
      PipelineOutputs outputs) {
    this.clock = resources.clock();
    this.outputs = outputs;
    this.statistics = outputs.statistics();
    this.keyframes = new KeyframeRequests(clock, settings.keyframeGap());
    this.step =
        new VideoEncodeStep(settings, resources.codecs(), resources.buffers(), this::deliver);
    this.loop = new QueueLoop<>(name, resources.threads(), input, this::encode, this::end);
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
   * Sets the bitrate; the encoder is opened again for it, which costs a keyframe, so a caller that
   * follows feedback moves in steps.
   *
   * @param bps 0 for what size and frame rate ask for
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
    }
  }

  private void deliver(AccessUnit unit) {
    if (unit.kind() == AccessUnit.Kind.KEYFRAME) {
      keyframes.made();
    }
    long start = clock.nanos();
    try {
      outputs.video().deliver(unit);
    } catch (RuntimeException e) {
      // A sink that fails loses this unit; the encoder knows nothing of sinks.
      outputs.listener().dropped(DropKind.ERROR, e);
    }
    long end = clock.nanos();
    sendNanos += end - start;
    statistics.record(Stage.SEND, end - start);
    statistics.record(Stage.TOTAL, end - unit.ptsNanos());
    statistics.frameOut(unit.data().sizeBytes());
  }
}
