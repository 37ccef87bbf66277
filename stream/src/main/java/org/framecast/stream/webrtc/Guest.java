package org.framecast.stream.webrtc;

import java.util.concurrent.CompletionStage;
import org.framecast.stream.transport.PeerListener;

/**
 * Who a peer belongs to once it has its answer: it hears what the peer tells, and is held to the
 * limits.
 */
interface Guest extends PeerListener {
  /** Closes it when it has run into a limit. */
  void check(NegotiatorSettings limits, long nowNanos);

  void close(LeaveReason reason);

  /** Completes when it has left. */
  CompletionStage<LeaveReason> left();

  @Override
  default void gatheringComplete() {}
}
