package org.framecast.stream.webrtc;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.framecast.stream.transport.PeerState;

/** A viewer as its peer and its negotiator see it. */
record ViewerGuest(Viewer viewer) implements Guest {
  @Override
  public void stateChanged(PeerState state) {
    viewer.peerState(state);
  }

  @Override
  public void trackOpened(String mid) {
    viewer.trackOpened(mid);
  }

  @Override
  public void rtcpReceived(String mid, ByteBuffer packet) {
    viewer.rtcp(mid, packet);
  }

  @Override
  public void check(NegotiatorSettings limits, long nowNanos) {
    viewer.check(limits, nowNanos);
  }

  @Override
  public void close(LeaveReason reason) {
    viewer.close(reason);
  }

  @Override
  public CompletionStage<LeaveReason> left() {
    return viewer.left();
  }
}
