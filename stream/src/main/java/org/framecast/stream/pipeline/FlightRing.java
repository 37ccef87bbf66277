package org.framecast.stream.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DropKind;

/**
 * The frames between acceptance and hand-over, and the hand-over in order.
 *
 * <p>{@code done} of a slot and {@code draining} are both volatile: who publishes looks at {@code
 * draining} after it, who stops draining looks at the oldest slot after that. One of the two sees
 * the other, so no finished frame is left behind.
 */
final class FlightRing<I extends AutoCloseable, S, O extends AutoCloseable> {
  private final ProcessorSettings size;
  private final FrameSink<O> sink;
  private final LoopContext context;
  private final List<Slot<I, S, O>> slots = new ArrayList<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicLongArray drops = new AtomicLongArray(DropKind.values().length);
  private final Object room = new Object();
  private final long lateAfterNanos;
  private volatile long accepted;
  private volatile long completed;
  private volatile boolean abandoned;

  FlightRing(ProcessorSettings size, FrameSink<O> sink, LoopContext context) {
    this.size = size;
    this.sink = sink;
    this.context = context;
    this.lateAfterNanos = size.lateAfter().toNanos();
    for (int i = 0; i < size.maxInFlight(); i++) {
      slots.add(new Slot<>());
    }
  }

  /** Waits until one more may be in flight; the leader alone calls it. */
  void awaitRoom() throws InterruptedException {
    synchronized (room) {
      while (inFlight() == size.maxInFlight()) {
        room.wait();
      }
    }
  }

  /** Gives the item its place in the order; the leader alone calls it, after {@link #awaitRoom}. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // the leader is alone
  Slot<I, S, O> accept(I input, S settings) {
    Slot<I, S, O> slot = slot(accepted);
    slot.accept(accepted, input, settings, context.clock().nanos());
    accepted++;
    return slot;
  }

  /** The worker is through with it; hands over what is ready. */
  void complete(Slot<I, S, O> slot) {
    slot.publish();
    if (abandoned) {
      Closing.close(slot.takeResult());
    }
    while (oldestIsDone() && draining.compareAndSet(false, true)) {
      try {
        while (oldestIsDone()) {
          handOver(slot(completed));
        }
      } finally {
        draining.set(false);
      }
    }
  }

  /** From now on results are closed, those that wait for their turn at once. */
  void abandon() {
    abandoned = true;
    slots.forEach(slot -> Closing.close(slot.takeResult()));
  }

  int inFlight() {
    return (int) (accepted - completed);
  }

  long accepted() {
    return accepted;
  }

  long completed() {
    return completed;
  }

  long dropped(DropKind kind) {
    return drops.get(kind.ordinal());
  }

  private boolean oldestIsDone() {
    return slot(completed).isDone();
  }

  private Slot<I, S, O> slot(long sequence) {
    return slots.get((int) (sequence % slots.size()));
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // who drains is alone
  private void handOver(Slot<I, S, O> slot) {
    try {
      settle(slot);
    } finally {
      slot.free();
      synchronized (room) {
        completed++;
        room.notifyAll();
      }
    }
  }

  private void settle(Slot<I, S, O> slot) {
    try {
      O result = slot.takeResult();
      DropKind kind = slot.dropKind();
      if (abandoned) {
        Closing.close(result);
      } else if (result == null) {
        drop(slot, kind == null ? DropKind.ERROR : kind);
      } else if (isLate(slot)) {
        Closing.close(result);
        drop(slot, slot.lateKind());
      } else {
        sink.deliver(result, slot);
      }
    } catch (RuntimeException | Error e) {
      // What a sink throws costs this frame alone, as with a worker.
      count(DropKind.ERROR);
    }
  }

  private boolean isLate(Slot<I, S, O> slot) {
    return lateAfterNanos > 0 && context.clock().nanos() - slot.acceptedNanos() > lateAfterNanos;
  }

  private void drop(Slot<I, S, O> slot, DropKind kind) {
    count(kind);
    sink.dropped(kind, slot.cause(), slot);
  }

  private void count(DropKind kind) {
    drops.incrementAndGet(kind.ordinal());
    context.recorder().dropped(kind);
  }
}
