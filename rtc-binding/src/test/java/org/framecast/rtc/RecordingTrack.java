package org.framecast.rtc;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what a track told. */
final class RecordingTrack implements Track.Listener {
  final Queue<byte[]> rtp = new ConcurrentLinkedQueue<>();
  final Queue<byte[]> rtcp = new ConcurrentLinkedQueue<>();
  final Queue<Long> bitratesBps = new ConcurrentLinkedQueue<>();
  final AtomicInteger pictureLosses = new AtomicInteger();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  @Override
  public void opened(Track track) {
    opened.incrementAndGet();
  }

  @Override
  public void closed(Track track) {
    closed.incrementAndGet();
  }

  @Override
  public void rtpReceived(Track track, MemorySegment packet) {
    rtp.add(packet.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public void rtcpReceived(Track track, MemorySegment packet) {
    rtcp.add(packet.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public void pictureLost(Track track) {
    pictureLosses.incrementAndGet();
  }

  @Override
  public void bitrateEstimated(Track track, long bitrateBps) {
    bitratesBps.add(bitrateBps);
  }
}
