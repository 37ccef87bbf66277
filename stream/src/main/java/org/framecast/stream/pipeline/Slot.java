package org.framecast.stream.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DropKind;
import org.jspecify.annotations.Nullable;

/**
 * One place of the processor's ring. The fields without a guard pass from the worker to whoever
 * hands over through {@code done}.
 */
final class Slot<I extends AutoCloseable, S, O extends AutoCloseable> implements FrameTicket {
  private final AtomicReference<@Nullable O> result = new AtomicReference<>();
  private long sequence;
  private long acceptedNanos;
  private @Nullable I input;
  private @Nullable S settings;
  private @Nullable DropKind dropKind;
  private @Nullable Throwable cause;
  private DropKind lateKind = DropKind.LATE;
  private volatile boolean done;

  void accept(long newSequence, I newInput, S newSettings, long nanos) {
    sequence = newSequence;
    input = newInput;
    settings = newSettings;
    acceptedNanos = nanos;
    dropKind = null;
    cause = null;
    lateKind = DropKind.LATE;
  }

  /** Runs the work; from here on the input is closed or the result. */
  void work(FrameWorker<I, S, O> worker) {
    I in = input;
    S with = settings;
    if (in == null || with == null) {
      throw new IllegalStateException("slot " + sequence + " is empty");
    }
    O out = worker.process(in, with, this);
    if (out == in) {
      input = null;
    }
    result.set(out);
    if (out == null && dropKind == null) {
      dropKind = DropKind.ERROR;
    }
  }

  /** Closes the input if it is not the result. */
  void closeInput() {
    I in = input;
    input = null;
    Closing.close(in);
  }

  void fail(DropKind kind, Throwable why) {
    Closing.close(takeResult());
    drop(kind, why);
  }

  void publish() {
    done = true;
  }

  boolean isDone() {
    return done;
  }

  @Nullable O takeResult() {
    return result.getAndSet(null);
  }

  @Nullable DropKind dropKind() {
    return dropKind;
  }

  @Nullable Throwable cause() {
    return cause;
  }

  DropKind lateKind() {
    return lateKind;
  }

  void free() {
    settings = null;
    cause = null;
    done = false;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public long acceptedNanos() {
    return acceptedNanos;
  }

  @Override
  public void drop(DropKind kind, Throwable why) {
    dropKind = kind;
    cause = why;
  }

  @Override
  public void countLateAs(DropKind kind) {
    lateKind = kind;
  }
}
