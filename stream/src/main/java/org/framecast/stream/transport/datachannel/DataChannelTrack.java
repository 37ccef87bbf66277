package org.framecast.stream.transport.datachannel;

import java.lang.foreign.MemorySegment;
import org.framecast.rtc.Track;
import org.framecast.stream.transport.PacketRow;
import org.framecast.stream.transport.PeerListener;
import org.framecast.stream.transport.PeerTrack;
import org.jspecify.annotations.Nullable;

/** A track of libdatachannel that carries raw packets. */
final class DataChannelTrack implements PeerTrack, Track.Listener {
  private final String mid;
  private final PeerListener listener;
  private volatile @Nullable Track track;
  private volatile boolean closed;

  DataChannelTrack(String mid, PeerListener listener) {
    this.mid = mid;
    this.listener = listener;
  }

  void bind(Track bound) {
    track = bound;
  }

  @Override
  public String mid() {
    return mid;
  }

  @Override
  public Outcome send(MemorySegment memory, long offset, int sizeBytes) {
    Track bound = track;
    if (closed) {
      return Outcome.CLOSED;
    }
    if (bound == null) {
      return Outcome.DROPPED;
    }
    return switch (bound.send(memory, offset, sizeBytes)) {
      case SENT -> Outcome.SENT;
      case NOT_OPEN, REFUSED -> Outcome.DROPPED;
    };
  }

  @Override
  public int sendAll(PacketRow packets) {
    Track bound = track;
    if (closed) {
      return CLOSED;
    }
    return bound == null
        ? 0
        : bound.send(
            packets.memory(),
            packets.offset(0),
            packets.strideBytes(),
            packets.sizes(),
            packets.count());
  }

  @Override
  public void opened(Track opened) {
    listener.trackOpened(mid);
  }

  @Override
  public void closed(Track gone) {
    closed = true;
  }

  @Override
  public void rtpReceived(Track receiver, MemorySegment packet) {
    listener.rtpReceived(mid, packet);
  }

  @Override
  public void rtcpReceived(Track receiver, MemorySegment packet) {
    listener.rtcpReceived(mid, packet.asByteBuffer());
  }
}
