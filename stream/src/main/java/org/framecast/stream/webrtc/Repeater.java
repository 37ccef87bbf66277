package org.framecast.stream.webrtc;

import org.framecast.stream.webrtc.rtp.PacketScratch;
import org.jspecify.annotations.Nullable;

/**
 * Answers what viewers miss; made once, so that nothing is allocated for a request.
 *
 * <p><b>Thread:</b> the sender's.
 */
final class Repeater implements NackInbox.Reader {
  private final SendContext context;
  private @Nullable ViewerTrack track;
  private @Nullable PacketScratch scratch;

  Repeater(SendContext context) {
    this.context = context;
  }

  void repeat(ViewerTrack misses, PacketScratch with) {
    if (!misses.nacks().isEmpty()) {
      track = misses;
      scratch = with;
      misses.nacks().drain(this);
    }
  }

  @Override
  public void missing(int sequence, int following) {
    ViewerTrack misses = track;
    PacketScratch with = scratch;
    if (misses == null || with == null) {
      return;
    }
    misses.repeat(sequence, with, context);
    for (int i = 0; i < Short.SIZE; i++) {
      if ((following >> i & 1) != 0) {
        misses.repeat((sequence + 1 + i) & 0xffff, with, context);
      }
    }
  }
}
