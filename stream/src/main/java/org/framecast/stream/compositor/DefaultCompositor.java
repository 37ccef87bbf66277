package org.framecast.stream.compositor;

import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.flow.Composition;
import org.framecast.stream.flow.Composition.Ground;
import org.framecast.stream.flow.Compositor;
import org.framecast.stream.flow.Visual;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.layer.overlay.Overlay;
import org.framecast.stream.layer.overlay.VisualPainter;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/**
 * Composes on the processor, straight on the pixels of the picture below, without copies. What does
 * not change from frame to frame is prepared once.
 *
 * <p><b>Thread:</b> as {@link Compositor} says.
 */
public final class DefaultCompositor implements Compositor {
  private final FramePool pool;
  private volatile State state;

  /** A composition, and what is kept of its visuals. */
  private record State(Composition composition, List<VisualPainter> painters) {
    static State of(Composition composition, List<VisualPainter> before) {
      return new State(
          composition,
          composition.visuals().stream().map(visual -> painter(visual, before)).toList());
    }

    /** A source that stays keeps what was prepared of it. */
    private static VisualPainter painter(Visual visual, List<VisualPainter> before) {
      VisualSource source = visual.source();
      return before.stream()
          .filter(painter -> painter.source() == source)
          .findFirst()
          .orElseGet(() -> new VisualPainter(source));
    }
  }

  /**
   * @param pool where pictures come from that stand on black
   */
  public DefaultCompositor(Composition composition, FramePool pool) {
    this.pool = pool;
    state = State.of(composition, List.of());
  }

  @Override
  public String name() {
    return DefaultCompositorProvider.NAME;
  }

  @Override
  public Composition composition() {
    return state.composition();
  }

  @Override
  public synchronized void composition(Composition composition) {
    state = State.of(composition, state.painters());
  }

  @Override
  public void process(TimestampedFrame frame) {
    State now = state;
    if (now.composition().ground() == Ground.PASSING) {
      compose(now, frame.pixels(), frame);
    } else {
      frame.replacePixels(onBlack(now, frame));
    }
  }

  private VideoFrame onBlack(State now, TimestampedFrame frame) {
    VideoFrame target = pool.acquire(frame.pixels().shape());
    boolean done = false;
    try {
      Ink.BLACK.fill(target);
      if (compose(now, target, frame) == 0) {
        Placeholder.draw(target, frame.captureNanos());
      }
      done = true;
      return target;
    } finally {
      if (!done) {
        target.close();
      }
    }
  }

  @Override
  public int compose(VideoFrame target, TimestampedFrame frame) {
    return compose(state, target, frame);
  }

  /** Neighbours that are prepared are laid together. */
  private static int compose(State now, VideoFrame target, TimestampedFrame frame) {
    int shown = 0;
    List<Overlay> together = new ArrayList<>();
    List<Visual> visuals = now.composition().visuals();
    for (int i = 0; i < visuals.size(); i++) {
      Visual visual = visuals.get(i);
      if (!visual.isSeen()) {
        continue;
      }
      VisualPainter painter = now.painters().get(i);
      double opacity = visual.look().opacity();
      Overlay ready = painter.ready(target, frame, visual.placement(), opacity);
      if (ready != null) {
        together.add(ready);
        shown++;
      } else {
        flush(together, target);
        shown += painter.lay(target, frame, visual.placement(), opacity) ? 1 : 0;
      }
    }
    flush(together, target);
    return shown;
  }

  private static void flush(List<Overlay> together, VideoFrame target) {
    if (!together.isEmpty()) {
      Overlay.lay(together, target);
      together.clear();
    }
  }
}
