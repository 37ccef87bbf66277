package org.framecast.stream.webrtc;

/** What became of packets to viewers, in numbers. */
record SendTotals(long packets, long bytes, long dropped, long skipped, long repeated) {
  static final SendTotals NOTHING = new SendTotals(0, 0, 0, 0, 0);

  SendTotals plus(ViewerTrack track) {
    return plus(
        new SendTotals(
            track.packets(), track.bytes(), track.dropped(), track.skipped(), track.repeated()));
  }

  SendTotals plus(SendTotals more) {
    return new SendTotals(
        packets + more.packets,
        bytes + more.bytes,
        dropped + more.dropped,
        skipped + more.skipped,
        repeated + more.repeated);
  }
}
