package org.framecast.stream.flow;

/** The steps of a frame's life that are measured. */
public enum Stage {
  /** From encoded image to picture. */
  DECODE,
  /** From arrival to acceptance by a worker. */
  QUEUE,
  /** Decoding and all layers, from acceptance to the result. */
  PROCESS,
  /** The detecting layer alone. */
  INFERENCE,
  /** The encoder alone. */
  ENCODE,
  /** Packets and all viewers, from access unit to the last send. */
  SEND,
  /** From capture to the end of sending. */
  TOTAL
}
