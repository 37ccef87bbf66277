package org.framecast.stream.pipeline;

import org.framecast.stream.flow.DropKind;

/**
 * What the processor knows about a frame under way.
 *
 * <p><b>Thread:</b> whoever it is handed to, for the length of the call: the object is used again
 * for another frame.
 */
public interface FrameTicket {
  /** Counts accepted frames from 0. */
  long sequence();

  /** When a worker accepted it, on the processor's clock. */
  long acceptedNanos();

  /**
   * Says why there is no result; the worker then returns null. Without it the kind is {@link
   * DropKind#ERROR}.
   *
   * @param cause what to tell whoever listens
   */
  void drop(DropKind kind, Throwable cause);

  /** What a result that misses its deadline counts as; {@link DropKind#LATE} unless said. */
  void countLateAs(DropKind kind);
}
