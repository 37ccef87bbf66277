package org.framecast.stream.sink;

import org.framecast.stream.flow.DeliveryPolicy;

/** What happens when a sink is slower than its stream. */
public enum WhenBehind {
  /** The stream waits: nothing is lost. */
  WAIT(DeliveryPolicy.EVERY_FRAME),
  /** The oldest that waits is dropped: nobody else is held up. */
  DROP(DeliveryPolicy.LATEST);

  private final DeliveryPolicy delivery;

  WhenBehind(DeliveryPolicy delivery) {
    this.delivery = delivery;
  }

  DeliveryPolicy delivery() {
    return delivery;
  }
}
