package org.framecast.stream.webrtc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.RenditionSink;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.NtpTimeline;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * Sends one stream to any number of viewers: each access unit is packetized once, and each viewer
 * is sent the packets with its own numbers in their headers.
 *
 * <p><b>Thread:</b> {@link #deliver} one caller at a time for each rendition, {@link #audio()} one
 * for sound; all of them may be different threads, and none waits for a viewer. Everything else
 * any.
 *
 * <p><b>Ownership:</b> {@link #close()} closes every viewer. Units are lent.
 */
public final class FanOut implements RenditionSink, AutoCloseable {
  /** What became of a viewer who came. */
  enum Admission {
    ADDED,
    /** The stream is over. */
    ENDED,
    /** Its codec would be one encode too many. */
    FULL
  }

  private static final long STEER_NANOS = 400_000_000L;

  private final FanOutSettings settings;
  private final ViewerListener listener;
  private final MediaClock clock;
  private final Lanes lanes;
  private final Shards shards;
  private final Optional<SenderPool> ownSenders;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  // Those whose peers are being closed, maybe by another thread than the one that ends the stream.
  private final Set<Viewer> leaving = ConcurrentHashMap.newKeySet();
  private final Steering helm;
  private final ReentrantLock steering = new ReentrantLock();
  private long steeredNanos = Long.MIN_VALUE / 2;
  private boolean closed;

  private FanOut(
      FanOutSettings settings,
      RenditionDemand demand,
      ViewerListener listener,
      MediaClock clock,
      WallClock wallClock,
      SenderPool senders,
      Optional<SenderPool> ownSenders) {
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    this.ownSenders = ownSenders;
    lanes = new Lanes(settings, demand, clock);
    helm = new Steering(this, settings, lanes, demand);
    NtpTimeline timeline = new NtpTimeline(wallClock);
    long reportNanos = settings.reportInterval().toNanos();
    try (Unfinished opened = new Unfinished()) {
      ownSenders.ifPresent(opened::add);
      shards =
          Shards.open(
              senders.senders(),
              () -> new SendContext(timeline, clock, reportNanos),
              lanes.all(),
              settings.joins().maxCachedAge().toNanos(),
              new Losses());
      opened.finished();
    }
  }

  /**
   * Opens a fan-out with senders of its own.
   *
   * @param demand hears which renditions are needed; called from any thread, also a native one
   * @param threads makes the sender threads
   */
  public static FanOut open(
      FanOutSettings settings,
      RenditionDemand demand,
      ViewerListener listener,
      MediaClock clock,
      WallClock wallClock,
      ThreadFactory threads) {
    SenderPool own = SenderPool.open(SenderPool.defaultThreads(), threads);
    return new FanOut(settings, demand, listener, clock, wallClock, own, Optional.of(own));
  }

  /**
   * Opens a fan-out on senders that other streams use too.
   *
   * <p><b>Ownership:</b> the senders stay the caller's.
   *
   * @param demand hears which renditions are needed; called from any thread, also a native one
   */
  public static FanOut open(
      FanOutSettings settings,
      RenditionDemand demand,
      ViewerListener listener,
      MediaClock clock,
      WallClock wallClock,
      SenderPool senders) {
    return new FanOut(settings, demand, listener, clock, wallClock, senders, Optional.empty());
  }

  /** All that the stream can be sent as. */
  public StreamFormats formats() {
    return settings.formats();
  }

  /**
   * What a new viewer can be sent: when all renditions that there may be are in use, only codecs
   * that are encoded already.
   */
  StreamFormats offerable() {
    return lanes.offerable();
  }

  /** A unit of a rendition that the stream does not have is ignored. */
  @Override
  public void deliver(Rendition rendition, AccessUnit unit) {
    Lane lane = lanes.find(rendition);
    if (lane != null && rendition.codec() == unit.codec()) {
      deliver(lane, unit);
    }
  }

  /** Takes the sound. */
  public AccessUnitSink audio() {
    Optional<Lane> lane = lanes.audio();
    if (lane.isEmpty()) {
      return unit -> {};
    }
    Codec codec = settings.formats().audio().orElseThrow().codec();
    Lane sound = lane.get();
    return unit -> {
      if (unit.codec() == codec) {
        deliver(sound, unit);
      }
    };
  }

  private void deliver(Lane lane, AccessUnit unit) {
    if (lane.deliver(unit)) {
      shards.wake(lane.kind());
    }
  }

  /** Those who have their answer and have not left. */
  public List<Viewer> viewers() {
    return List.copyOf(viewers);
  }

  /** The numbers so far. */
  public FanOutStats stats() {
    SendTotals sum = shards.totals();
    return new FanOutStats(
        viewers.size(),
        lanes.all().stream().mapToLong(Lane::units).sum(),
        lanes.all().stream().mapToLong(Lane::refused).sum(),
        sum.packets(),
        sum.bytes(),
        sum.dropped(),
        sum.skipped(),
        sum.repeated(),
        lanes.all().stream().mapToLong(lane -> lane.keyframes().asked()).sum());
  }

  /** Takes a viewer in. */
  Admission add(Viewer viewer) {
    synchronized (this) {
      if (closed) {
        return Admission.ENDED;
      }
      if (!lanes.admit(viewer)) {
        return Admission.FULL;
      }
      viewers.add(viewer);
    }
    Shard shard = shards.emptiest();
    for (ViewerTrack track : viewer.tracks()) {
      track.join(shard, lanes.first(track.spec()), settings.repeats(), clock.nanos());
      shard.add(track);
    }
    // It may have left while it was taken in.
    if (viewer.state() == Viewer.State.CLOSED) {
      forget(viewer);
    }
    return Admission.ADDED;
  }

  /**
   * Follows what the viewers report; called by whoever looks after one of them, as often as may be.
   */
  void steer(long nowNanos) {
    if (steering.tryLock()) {
      try {
        if (nowNanos - steeredNanos < STEER_NANOS) {
          return;
        }
        steeredNanos = nowNanos;
        helm.steer(viewers, nowNanos);
        synchronized (this) {
          if (!closed) {
            lanes.recount(viewers);
          }
        }
        helm.forgetUnused();
      } finally {
        steering.unlock();
      }
    }
  }

  /**
   * Sends a viewer another rendition of its codec from that one's next keyframe on.
   *
   * @return false when it would be one encode too many
   */
  boolean steer(ViewerTrack track, Rendition rendition) {
    Lane lane = lanes.of(rendition).orElseThrow();
    synchronized (this) {
      if (closed || !lanes.want(lane)) {
        return false;
      }
      track.target(lane);
    }
    lane.keyframes().want();
    return true;
  }

  /** Sends a viewer no more; {@link #gone} follows. */
  void remove(Viewer viewer) {
    leaving.add(viewer);
    forget(viewer);
  }

  private void forget(Viewer viewer) {
    for (ViewerTrack track : viewer.tracks()) {
      shards.remove(track);
    }
    // Together, as in add: whoever is admitted is counted.
    synchronized (this) {
      viewers.remove(viewer);
      lanes.recount(viewers);
    }
  }

  /** The peer of a viewer that was removed is closed. */
  void gone(Viewer viewer) {
    leaving.remove(viewer);
  }

  private final class Losses implements ShardListener {
    @Override
    public void died(ViewerTrack track) {
      for (Viewer viewer : viewers) {
        if (viewer.tracks().contains(track)) {
          viewer.lost(LeaveReason.LEFT);
        }
      }
    }

    /** The stream is over for its viewers; {@link FanOut#close} finds nobody any more. */
    @Override
    public void abandoned() {
      synchronized (FanOut.this) {
        closed = true;
      }
      Closing.each(viewers, viewer -> viewer.lost(LeaveReason.STREAM_ENDED));
    }
  }

  /** A viewer cannot go on without a keyframe. */
  void keyframeWanted(ViewerTrack track) {
    Lane lane = track.lane();
    if (lane != null && track.kind() == MediaKind.VIDEO) {
      lane.keyframes().want();
    }
  }

  /** Passes of senders that failed; each cost what was to be sent then. */
  long shardFailures() {
    return shards.failures();
  }

  ViewerListener listener() {
    return listener;
  }

  /** Whether the stream is over: it was closed, or its sender failed with an error. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Ends the stream for its viewers: when this returns, their peers are closed. Idempotent. Waits
   * for what is being sent.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    Closing.each(
        List.<Runnable>of(
            () -> Closing.each(viewers, viewer -> viewer.close(LeaveReason.STREAM_ENDED)),
            () -> Closing.each(leaving, Viewer::close),
            shards::close,
            lanes::close,
            () -> ownSenders.ifPresent(SenderPool::close)),
        Runnable::run);
  }
}
