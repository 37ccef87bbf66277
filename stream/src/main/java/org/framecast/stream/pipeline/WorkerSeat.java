package org.framecast.stream.pipeline;

import java.util.function.Supplier;
import org.framecast.stream.flow.DropKind;
import org.jspecify.annotations.Nullable;

/** One thread's worker, opened at its first frame; a failure of any kind costs one frame. */
final class WorkerSeat<I extends AutoCloseable, S, O extends AutoCloseable>
    implements AutoCloseable {
  private final Supplier<? extends FrameWorker<I, S, O>> source;
  private @Nullable FrameWorker<I, S, O> worker;

  WorkerSeat(Supplier<? extends FrameWorker<I, S, O>> source) {
    this.source = source;
  }

  void run(Slot<I, S, O> slot) {
    try {
      FrameWorker<I, S, O> open = worker;
      if (open == null) {
        open = source.get();
        worker = open;
      }
      slot.work(open);
    } catch (RuntimeException | Error e) {
      slot.fail(DropKind.ERROR, e);
    }
    try {
      slot.closeInput();
    } catch (RuntimeException e) {
      slot.fail(DropKind.ERROR, e);
    }
  }

  @Override
  public void close() {
    FrameWorker<I, S, O> open = worker;
    worker = null;
    if (open != null) {
      open.close();
    }
  }
}
