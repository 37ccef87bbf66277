package org.framecast.stream.webrtc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToLongFunction;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.RenditionSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.NtpTimeline;
import org.framecast.stream.webrtc.rtp.Packetizer;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * Sends one stream to any number of viewers: each access unit is packetized once, and each viewer
 * is sent the packets with its own numbers in their headers. A viewer starts on a keyframe, which
 * its arrival asks for.
 *
 * <p><b>Thread:</b> {@link #deliver} one caller at a time for each rendition, {@link #audio()} one
 * for sound; all of them may be different threads. Everything else any.
 *
 * <p><b>Ownership:</b> {@link #close()} closes every viewer. Units are lent.
 */
public final class FanOut implements RenditionSink, AutoCloseable {
  private final FanOutSettings settings;
  private final StreamFormats formats;
  private final ViewerListener listener;
  private final RenditionDemand demand;
  private final Map<Rendition, TrackFanOut> video = new LinkedHashMap<>();
  private final Optional<TrackFanOut> audio;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private boolean closed;

  private FanOut(
      FanOutSettings settings,
      RenditionDemand demand,
      ViewerListener listener,
      MediaClock clock,
      WallClock wallClock) {
    this.settings = settings;
    this.formats = settings.formats();
    this.demand = demand;
    this.listener = listener;
    NtpTimeline timeline = new NtpTimeline(wallClock);
    for (MediaFormat format : formats.video()) {
      Rendition best = Rendition.best(format.codec());
      KeyframeRequests keyframes =
          new KeyframeRequests(
              clock, settings.minKeyframeInterval().toNanos(), () -> demand.keyframeWanted(best));
      video.put(
          best,
          new TrackFanOut(
              MediaKind.VIDEO,
              Packetizer.of(format.codec()),
              keyframes,
              clock,
              timeline,
              settings.reportInterval().toNanos(),
              this::died));
    }
    audio =
        formats
            .audio()
            .map(
                format ->
                    new TrackFanOut(
                        MediaKind.AUDIO,
                        Packetizer.of(format.codec()),
                        new KeyframeRequests(clock, 0, () -> {}),
                        clock,
                        timeline,
                        settings.reportInterval().toNanos(),
                        this::died));
  }

  /**
   * Opens a fan-out.
   *
   * @param demand hears which renditions are needed; called from any thread, also a native one
   * @param threads makes the sender threads
   * @throws org.framecast.stream.media.MediaException with UNSUPPORTED for a codec that cannot be
   *     sent
   */
  @SuppressWarnings("UnusedVariable") // The senders come with the next change.
  public static FanOut open(
      FanOutSettings settings,
      RenditionDemand demand,
      ViewerListener listener,
      MediaClock clock,
      WallClock wallClock,
      ThreadFactory threads) {
    return new FanOut(settings, demand, listener, clock, wallClock);
  }

  /** All that the stream can be sent as. */
  public StreamFormats formats() {
    return formats;
  }

  /**
   * What a new viewer can be sent: when all renditions that there may be are in use, only codecs
   * that are encoded already.
   */
  StreamFormats offerable() {
    synchronized (demand) {
      List<MediaFormat> used = new ArrayList<>();
      for (MediaFormat format : formats.video()) {
        if (of(format.codec()).isUsed()) {
          used.add(format);
        }
      }
      return used.size() < settings.maxRenditions()
          ? formats
          : new StreamFormats(used, formats.audio());
    }
  }

  /** A unit of a rendition that the stream does not have is ignored. */
  @Override
  public void deliver(Rendition rendition, AccessUnit unit) {
    TrackFanOut track = video.get(rendition);
    if (track != null && rendition.codec() == unit.codec()) {
      track.deliver(unit);
    }
  }

  /** Takes the sound. */
  public AccessUnitSink audio() {
    return unit -> {
      if (formats.audio().isPresent() && formats.audio().get().codec() == unit.codec()) {
        audio.ifPresent(track -> track.deliver(unit));
      }
    };
  }

  /** Those who have their answer and have not left. */
  public List<Viewer> viewers() {
    return List.copyOf(viewers);
  }

  /** The numbers so far. */
  public FanOutStats stats() {
    return new FanOutStats(
        viewers.size(),
        sum(TrackFanOut::units),
        sum(TrackFanOut::refused),
        sum(TrackFanOut::packets),
        sum(TrackFanOut::bytes),
        sum(TrackFanOut::dropped),
        sum(TrackFanOut::keyframesAsked));
  }

  private long sum(ToLongFunction<TrackFanOut> number) {
    return video.values().stream().mapToLong(number).sum() + audio.stream().mapToLong(number).sum();
  }

  /**
   * Takes a viewer in.
   *
   * @return false when the stream is over
   */
  boolean add(Viewer viewer) {
    synchronized (this) {
      if (closed) {
        return false;
      }
      viewers.add(viewer);
    }
    for (ViewerTrack track : viewer.tracks()) {
      changed(track, TrackFanOut::add);
    }
    // It may have left while it was taken in.
    if (viewer.state() == Viewer.State.CLOSED) {
      remove(viewer);
    }
    return true;
  }

  void remove(Viewer viewer) {
    viewers.remove(viewer);
    for (ViewerTrack track : viewer.tracks()) {
      changed(track, TrackFanOut::remove);
    }
  }

  private interface Change {
    void apply(TrackFanOut fanOut, ViewerTrack track);
  }

  /** Demand is told in the order of the changes. */
  private void changed(ViewerTrack track, Change change) {
    switch (track.kind()) {
      case AUDIO -> audio.ifPresent(fanOut -> change.apply(fanOut, track));
      case VIDEO -> {
        synchronized (demand) {
          TrackFanOut fanOut = of(track.spec().codec());
          boolean before = fanOut.isUsed();
          change.apply(fanOut, track);
          boolean after = fanOut.isUsed();
          if (before != after) {
            Rendition rendition = Rendition.best(track.spec().codec());
            if (after) {
              demand.wanted(rendition);
            } else {
              demand.unwanted(rendition);
            }
          }
        }
      }
    }
  }

  private TrackFanOut of(Codec codec) {
    TrackFanOut fanOut = video.get(Rendition.best(codec));
    if (fanOut == null) {
      throw new IllegalArgumentException("no rendition in " + codec);
    }
    return fanOut;
  }

  private void died(ViewerTrack track) {
    for (Viewer viewer : viewers) {
      if (viewer.tracks().contains(track)) {
        viewer.lost(LeaveReason.LEFT);
      }
    }
  }

  /** A viewer of that codec cannot go on without a keyframe. */
  void keyframeWanted(Codec codec) {
    of(codec).keyframeWanted();
  }

  ViewerListener listener() {
    return listener;
  }

  /** Whether the stream is over. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Ends the stream for its viewers: when this returns, their peers are closed. Idempotent. Waits
   * for a unit that is being delivered.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    Closing.each(
        List.<Runnable>of(
            () -> Closing.each(viewers, viewer -> viewer.close(LeaveReason.STREAM_ENDED)),
            () -> Closing.each(video.values(), TrackFanOut::close),
            () -> audio.ifPresent(TrackFanOut::close)),
        Runnable::run);
  }
}
