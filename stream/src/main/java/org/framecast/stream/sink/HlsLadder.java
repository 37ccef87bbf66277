package org.framecast.stream.sink;

import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.codec.CodecConfiguration;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a stream in several sizes, each encoded and cut at the same pictures.
 *
 * <p><b>Thread:</b> its sink's.
 *
 * <p><b>Ownership:</b> holds the last picture, to show it again; owns encoders and renditions.
 */
final class HlsLadder implements AutoCloseable {
  /** Half of libvpx's sixteen speeds, as for files. */
  private static final int SPEED = 8;

  private static final long LONGEST_PAUSE_NANOS = 400_000_000L;
  private static final double NANOS = 1e9;

  /** How often a keyframe comes by itself, in segments: they come when they are asked for. */
  private static final int SEGMENTS_TO_KEYFRAME = 4;

  private record Rung(PictureTrack track, HlsRendition rendition) implements AutoCloseable {
    @Override
    public void close() {
      Closing.closeAll(List.of(rendition, track));
    }
  }

  private final HlsSinkSettings settings;
  private final HlsTiming timing;
  private final double frameRate;
  private final HlsCuts cuts;
  private final List<Rung> rungs = new ArrayList<>();
  private @Nullable VideoFrame shown;
  private long lastNanos;

  HlsLadder(HlsSinkSettings settings, HlsTiming timing, double frameRate, HlsCuts cuts) {
    this.settings = settings;
    this.timing = timing;
    this.frameRate = frameRate;
    this.cuts = cuts;
  }

  /** Makes the sizes for the first picture. */
  void open(VideoFrame first, SinkTools tools, HlsRendition.Target target) {
    for (int i = 0; i < settings.rungs(); i++) {
      int width = Math.max(2, first.width() >> i & ~1);
      int height = Math.max(2, first.height() >> i & ~1);
      PictureTrack track =
          new PictureTrack(tools.codecs(), coded(i, width, height), tools.buffers());
      HlsRendition rendition =
          new HlsRendition(
              new HlsPlaylist("video" + i, timing),
              timing,
              frameNanos(),
              unit -> format(track.settings(), unit),
              target);
      rungs.add(new Rung(track, rendition));
    }
  }

  private PictureTrackSettings coded(int rung, int width, int height) {
    int own = SinkBitrate.bps(TrackCodec.H264, width, height, frameRate, settings.quality());
    // A half, an eighth: a quarter of the pixels does with more than a quarter of the bits.
    int asked = settings.videoBitrateBps() >> (rung + rung / 2);
    int interval =
        (int) Math.ceil(SEGMENTS_TO_KEYFRAME * timing.segmentNanos() / NANOS * frameRate);
    return new PictureTrackSettings(
        TrackCodec.H264,
        width,
        height,
        settings.videoBitrateBps() > 0 ? Math.max(asked, SinkBitrate.MIN_BPS) : own,
        frameRate,
        interval,
        SPEED);
  }

  private static TrackFormat format(PictureTrackSettings coded, TrackUnit first) {
    return new TrackFormat.Pictures(
        TrackCodec.H264,
        coded.width(),
        coded.height(),
        coded.frameRate(),
        coded.bitrateBps(),
        CodecConfiguration.of(TrackCodec.H264, first));
  }

  private long frameNanos() {
    return Math.round(NANOS / frameRate);
  }

  List<HlsRendition> renditions() {
    return rungs.stream().map(Rung::rendition).toList();
  }

  /** Encodes a picture, which is lent, and before it the one before where it was long ago. */
  void show(VideoFrame pixels, long ptsNanos) {
    if (shown != null) {
      showAgain(shown, ptsNanos);
    }
    encode(pixels, ptsNanos);
    keep(pixels.hold());
  }

  /** Fills a pause in even steps. */
  private void showAgain(VideoFrame last, long untilNanos) {
    long longest =
        Math.max(
            2 * frameNanos(),
            timing.hasParts() ? timing.partTargetNanos() / 2 : LONGEST_PAUSE_NANOS);
    long from = lastNanos;
    long steps = Math.ceilDiv(Math.max(0, untilNanos - from), longest);
    for (long i = 1; i < steps; i++) {
      encode(last, from + (untilNanos - from) * i / steps);
    }
  }

  private void encode(VideoFrame pixels, long ptsNanos) {
    lastNanos = ptsNanos;
    HlsRendition.Cut cut = cuts.at(ptsNanos);
    Keyframe keyframe = cut == HlsRendition.Cut.SEGMENT ? Keyframe.FORCE : Keyframe.AS_NEEDED;
    for (Rung rung : rungs) {
      rung.track().encode(pixels, ptsNanos, keyframe, unit -> rung.rendition().add(unit, cut));
    }
  }

  private void keep(@Nullable VideoFrame pixels) {
    VideoFrame before = shown;
    shown = pixels;
    if (before != null) {
      before.close();
    }
  }

  void flush() {
    for (Rung rung : rungs) {
      rung.track().flush(unit -> rung.rendition().add(unit, HlsRendition.Cut.NONE));
    }
  }

  /** Idempotent. */
  @Override
  public void close() {
    keep(null);
    Closing.closeAll(rungs);
  }
}
