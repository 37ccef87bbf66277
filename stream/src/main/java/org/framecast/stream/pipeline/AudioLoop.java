package org.framecast.stream.pipeline;

import java.time.Duration;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the sound of a queue to Opus on a thread of its own and delivers access units.
 *
 * <p>The encoder is opened at the first block; a block that cannot be encoded costs that block and
 * that encoder, and one that is left out, whole or in part, because sound of its time was there
 * before, is counted as late. At the end the encoder is flushed and closed, once.
 *
 * <p><b>Thread:</b> start and stop from one owner. The sink is called by the loop's thread.
 */
public final class AudioLoop {
  private final int bitrateBps;
  private final PipelineResources resources;
  private final PipelineOutputs outputs;
  private final QueueLoop<AudioFrame> loop;
  private @Nullable AudioEncoder encoder;

  /**
   * Makes a loop that does nothing until it is started.
   *
   * @param name of its thread
   * @param input closed by this loop at its end
   */
  public AudioLoop(
      String name,
      int bitrateBps,
      PipelineResources resources,
      FrameQueue<AudioFrame> input,
      PipelineOutputs outputs) {
    this.bitrateBps = bitrateBps;
    this.resources = resources;
    this.outputs = outputs;
    this.loop = new QueueLoop<>(name, resources.threads(), input, this::encode, this::end);
  }

  /** Starts the thread. Once only. */
  public void start() {
    loop.start();
  }

  /**
   * Ends the loop. Idempotent.
   *
   * @return whether it ended in time
   */
  public boolean stop(StopMode mode, Duration deadline) {
    return loop.stop(mode, Deadline.in(deadline));
  }

  private void encode(AudioFrame block) {
    try (block) {
      AudioEncoder open = encoder;
      if (open == null) {
        open = resources.codecs().openAudioEncoder(bitrateBps, resources.buffers());
        encoder = open;
      }
      if (open.encode(block, this::deliver) > 0) {
        outputs.statistics().dropped(DropKind.LATE);
      }
    } catch (RuntimeException | Error e) {
      failed(e);
      close();
    }
  }

  private void end() {
    AudioEncoder open = encoder;
    try {
      if (open != null) {
        open.flush(this::deliver);
      }
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      close();
    }
  }

  private void close() {
    AudioEncoder open = encoder;
    encoder = null;
    if (open != null) {
      open.close();
    }
  }

  private void deliver(AccessUnit unit) {
    try {
      outputs.audio().deliver(unit);
      outputs.statistics().audioOut(unit.data().sizeBytes());
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    outputs.statistics().dropped(DropKind.ERROR);
    outputs.listener().dropped(DropKind.ERROR, cause);
  }
}
