package org.framecast.stream.flow;

/** What a queue does when it is full. Every queue states its policy; there is no default. */
public enum DeliveryPolicy {
  /** Drops from the head: the newest matter, as for live pictures. */
  LATEST,
  /** Refuses the newcomer: the producer waits or gives up, as for files. */
  EVERY_FRAME,
  /**
   * Drops all that is queued and then everything up to the next keyframe, as for access units that
   * depend on each other.
   */
  UNTIL_KEYFRAME
}
