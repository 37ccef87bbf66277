package org.framecast.stream.webrtc;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
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
 * <p><b>Thread:</b> {@link #deliver} one caller at a time for pictures and one for sound, which may
 * be two threads. Everything else any.
 *
 * <p><b>Ownership:</b> {@link #close()} closes every viewer. Units are lent.
 */
public final class FanOut implements AccessUnitSink, AutoCloseable {
  private final StreamFormats formats;
  private final ViewerListener listener;
  private final KeyframeRequests keyframes;
  private final Optional<TrackFanOut> video;
  private final Optional<TrackFanOut> audio;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private boolean closed;

  private FanOut(
      FanOutSettings settings,
      Runnable keyframeRequest,
      ViewerListener listener,
      MediaClock clock,
      WallClock wallClock) {
    this.formats = settings.formats();
    this.listener = listener;
    keyframes =
        new KeyframeRequests(clock, settings.minKeyframeInterval().toNanos(), keyframeRequest);
    NtpTimeline timeline = new NtpTimeline(wallClock);
    video = formats.video().map(f -> track(MediaKind.VIDEO, f, settings, timeline, clock));
    audio = formats.audio().map(f -> track(MediaKind.AUDIO, f, settings, timeline, clock));
  }

  private TrackFanOut track(
      MediaKind kind,
      MediaFormat format,
      FanOutSettings settings,
      NtpTimeline timeline,
      MediaClock clock) {
    return new TrackFanOut(
        kind,
        Packetizer.of(format.codec()),
        keyframes,
        clock,
        timeline,
        settings.reportInterval().toNanos(),
        this::died);
  }

  /**
   * Opens a fan-out.
   *
   * @param keyframeRequest asks the encoder for a keyframe; called from any thread, also a native
   *     one: it must only set a flag
   * @throws org.framecast.stream.media.MediaException with UNSUPPORTED for a codec that cannot be
   *     sent
   */
  public static FanOut open(
      FanOutSettings settings,
      Runnable keyframeRequest,
      ViewerListener listener,
      MediaClock clock,
      WallClock wallClock) {
    return new FanOut(settings, keyframeRequest, listener, clock, wallClock);
  }

  public StreamFormats formats() {
    return formats;
  }

  /** A unit of a codec that is not one of the stream's {@link #formats()} is ignored. */
  @Override
  public void deliver(AccessUnit unit) {
    if (isOf(unit.codec(), formats.video())) {
      video.ifPresent(track -> track.deliver(unit));
    } else if (isOf(unit.codec(), formats.audio())) {
      audio.ifPresent(track -> track.deliver(unit));
    }
  }

  private static boolean isOf(Codec codec, Optional<MediaFormat> format) {
    return format.isPresent() && format.get().codec() == codec;
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
        keyframes.asked());
  }

  private long sum(ToLongFunction<TrackFanOut> number) {
    return video.stream().mapToLong(number).sum() + audio.stream().mapToLong(number).sum();
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
      of(track.kind()).ifPresent(fanOut -> fanOut.add(track));
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
      of(track.kind()).ifPresent(fanOut -> fanOut.remove(track));
    }
  }

  private Optional<TrackFanOut> of(MediaKind kind) {
    return kind == MediaKind.VIDEO ? video : audio;
  }

  private void died(ViewerTrack track) {
    for (Viewer viewer : viewers) {
      if (viewer.tracks().contains(track)) {
        viewer.lost(LeaveReason.LEFT);
      }
    }
  }

  /** A viewer cannot go on without a keyframe. */
  void keyframeWanted() {
    keyframes.want();
  }

  ViewerListener listener() {
    return listener;
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
    for (Viewer viewer : viewers) {
      viewer.close(LeaveReason.STREAM_ENDED);
    }
    video.ifPresent(TrackFanOut::close);
    audio.ifPresent(TrackFanOut::close);
  }
}
