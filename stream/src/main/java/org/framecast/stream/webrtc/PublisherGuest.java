package org.framecast.stream.webrtc;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.framecast.stream.transport.PeerState;

/** A publisher as its peer and its negotiator see it. */
record PublisherGuest(PeerPublisher publisher) implements Guest {
  @Override
  public void stateChanged(PeerState state) {
    publisher.peerState(state);
  }

  @Override
  public void trackOpened(String mid) {
    // Nothing is sent but answers to what comes.
  }

  @Override
  public void rtpReceived(String mid, MemorySegment packet) {
    publisher.rtp(mid, packet);
  }

  @Override
  public void rtcpReceived(String mid, ByteBuffer packet) {
    publisher.rtcp(mid, packet);
  }

  @Override
  public void check(NegotiatorSettings limits, long nowNanos) {
    publisher.check(limits, nowNanos);
  }

  @Override
  public void close(LeaveReason reason) {
    publisher.close(reason);
  }

  @Override
  public CompletionStage<LeaveReason> left() {
    return publisher.left();
  }
}
