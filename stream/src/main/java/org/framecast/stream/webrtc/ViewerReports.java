package org.framecast.stream.webrtc;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.RtcpListener;

/**
 * What a viewer reports of the tracks that it is sent.
 *
 * <p><b>Thread:</b> told by a native thread; the numbers any. A compound packet that speaks of two
 * tracks is read twice, so each reader keeps to its own track.
 */
final class ViewerReports {
  private static final long NANOS = 1_000_000_000L;

  private final List<ViewerTrack> tracks;
  private final Consumer<ViewerTrack> keyframeWanted;
  private final MediaClock clock;
  private final ViewerRate rate;
  private final AtomicLong keyframes = new AtomicLong();
  private final AtomicLong nacked = new AtomicLong();
  private final AtomicLong videoLost = new AtomicLong();
  private final AtomicLong audioLost = new AtomicLong();
  private volatile double fractionLost;
  private volatile long jitterNanos;
  private volatile long bitrateLimitBps;

  ViewerReports(List<ViewerTrack> tracks, Consumer<ViewerTrack> keyframeWanted, MediaClock clock) {
    this.tracks = tracks;
    this.keyframeWanted = keyframeWanted;
    this.clock = clock;
    rate = new ViewerRate(tracks.stream().anyMatch(ViewerTrack::carriesSendTime));
  }

  /** The reader for packets that were told to the track of that section. */
  RtcpListener of(String mid) {
    for (ViewerTrack track : tracks) {
      if (track.spec().mid().equals(mid)) {
        return new Reader(track);
      }
    }
    throw new IllegalArgumentException("no track of that section");
  }

  private final class Reader implements RtcpListener {
    private final ViewerTrack track;
    private final int ssrc;
    private final MediaKind kind;

    Reader(ViewerTrack track) {
      this.track = track;
      ssrc = track.spec().ssrc();
      kind = track.kind();
    }

    @Override
    public void report(int source, int fraction, int packetsLost, int jitter) {
      if (source != ssrc) {
        return;
      }
      switch (kind) {
        case VIDEO -> {
          videoLost.set(packetsLost);
          fractionLost = fraction / 256.0;
          jitterNanos = (jitter & 0xffff_ffffL) * NANOS / track.spec().codec().clockRateHz();
          rate.report(fraction / 256.0, clock.nanos());
        }
        case AUDIO -> audioLost.set(packetsLost);
      }
    }

    @Override
    public void keyframeWanted(int source) {
      if (source == ssrc && kind == MediaKind.VIDEO) {
        keyframes.incrementAndGet();
        keyframeWanted.accept(track);
      }
    }

    @Override
    public void bitrateLimit(long bitrateBps) {
      bitrateLimitBps = bitrateBps;
      rate.limit(bitrateBps, clock.nanos());
    }

    @Override
    public void missing(int source, int sequence, int following) {
      if (source == ssrc) {
        nacked.addAndGet(1L + Integer.bitCount(following));
        track.missing(sequence, following);
      }
    }
  }

  ViewerRate rate() {
    return rate;
  }

  long keyframes() {
    return keyframes.get();
  }

  long nacked() {
    return nacked.get();
  }

  long packetsLost() {
    return videoLost.get() + audioLost.get();
  }

  double fractionLost() {
    return fractionLost;
  }

  long jitterNanos() {
    return jitterNanos;
  }

  long bitrateLimitBps() {
    return bitrateLimitBps;
  }
}
