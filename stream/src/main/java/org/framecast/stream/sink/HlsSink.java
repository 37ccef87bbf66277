package org.framecast.stream.sink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.framecast.stream.codec.CodecConfiguration;
import org.framecast.stream.codec.SoundTrackEncoder;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a stream into HTTP Live Streaming: CMAF segments of H264 in one to three sizes and of
 * AAC, their playlists, and the one that names them; with a store in memory also parts, for a
 * server that lets clients wait for the next.
 *
 * <p>All sizes begin a segment with the same picture. Where pictures pause, the last one is shown
 * again, so that segments keep their length.
 *
 * <p><b>Units:</b> time begins with the first item. Pictures have the size of the first, made even;
 * others are scaled to it. What the stream did not announce is left out.
 */
public final class HlsSink implements StreamSink {
  /** Half of libvpx's sixteen speeds, as for files. */
  private static final int SPEED = 8;

  private static final long NANOS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 400_000_000L;

  private record Rung(PictureTrack track, HlsRendition rendition) implements AutoCloseable {
    @Override
    public void close() {
      Closing.closeAll(List.of(rendition, track));
    }
  }

  private final HlsSinkSettings settings;
  private final SinkTools tools;
  private final HlsOutput output;
  private final List<Rung> rungs = new ArrayList<>();
  private final HlsIndex index;
  private @Nullable HlsRendition sound;
  private @Nullable SoundTrackEncoder encoder;
  private @Nullable HlsCuts pictureCuts;
  private @Nullable HlsCuts soundCuts;
  private @Nullable VideoFrame shown;
  private HlsTiming timing = new HlsTiming(NANOS, 0, 0);
  private double frameRate = VideoInfo.DEFAULT_FRAME_RATE;
  private boolean wantsPictures;
  private boolean started;
  private long firstNanos = Long.MIN_VALUE;
  private long lastNanos;

  private HlsSink(HlsSinkSettings settings, SinkTools tools, HlsOutput output) {
    this.settings = settings;
    this.tools = tools;
    this.output = output;
    index = new HlsIndex(output);
  }

  /** A sink that writes files; what is wrong with the folder is said here. */
  public static HlsSink to(Path folder, HlsSinkSettings settings, SinkTools tools) {
    return new HlsSink(settings, tools, HlsFolder.open(folder));
  }

  /** A sink that keeps all in memory, parts too. */
  public static HlsSink to(HlsStore store, HlsSinkSettings settings, SinkTools tools) {
    return new HlsSink(settings, tools, store.output());
  }

  @Override
  public DeliveryPolicy delivery() {
    return settings.whenBehind().delivery();
  }

  @Override
  public void begin(MediaInfo info) {
    wantsPictures = info.video().isPresent();
    info.video().ifPresent(video -> frameRate = video.expectedFrameRate());
    if (!wantsPictures && info.audio().isEmpty()) {
      throw new MediaException(MediaException.Code.OPTIONS, "the stream has nothing to play");
    }
    if (info.audio().isPresent()) {
      openSound();
    }
    timing = settings.timing(wantsPictures ? frameNanos() : soundNanos(), output);
    if (encoder != null) {
      SoundTrackEncoder its = encoder;
      sound =
          new HlsRendition(
              new HlsPlaylist("sound", timing),
              timing,
              soundNanos(),
              first -> plain(its.format()),
              target());
      index.sound(sound);
    }
  }

  private void openSound() {
    encoder =
        tools
            .codecs()
            .openSoundTrackEncoder(TrackCodec.AAC, settings.audioBitrateBps(), tools.buffers());
  }

  /** The units before the first true sample are left out, so there is nothing to tell of them. */
  private static TrackFormat plain(TrackFormat.Sound format) {
    return new TrackFormat.Sound(
        format.codec(), 0, format.unitSamples(), format.bitrateBps(), format.configuration());
  }

  private HlsRendition.Target target() {
    return new HlsRendition.Target(tools.codecs(), output);
  }

  private long frameNanos() {
    return Math.round(NANOS / frameRate);
  }

  private long soundNanos() {
    SoundTrackEncoder its = encoder;
    return its == null ? 0 : its.format().unitSamples() * NANOS / AudioFrame.SAMPLE_RATE_HZ;
  }

  @Override
  public void accept(MediaItem item) {
    if (firstNanos == Long.MIN_VALUE) {
      firstNanos = item.ptsNanos();
      pictureCuts = new HlsCuts(firstNanos, timing.segmentNanos(), frameNanos());
      soundCuts = new HlsCuts(firstNanos, timing.segmentNanos(), soundNanos());
    }
    switch (item) {
      case TimestampedFrame frame -> picture(frame);
      case AudioFrame block -> sound(block);
    }
    if (!started && (allBegun() || item.ptsNanos() - firstNanos > FileWriter.FIRST_UNIT_NANOS)) {
      start();
    }
    index.publish();
  }

  private void picture(TimestampedFrame frame) {
    if (!wantsPictures) {
      return;
    }
    if (rungs.isEmpty()) {
      openRungs(frame.pixels());
    } else {
      showAgain(frame.ptsNanos());
    }
    encode(frame.pixels(), frame.ptsNanos());
    keep(frame.pixels().hold());
  }

  private void keep(@Nullable VideoFrame pixels) {
    VideoFrame before = shown;
    shown = pixels;
    if (before != null) {
      before.close();
    }
  }

  /** Fills a pause with the last picture, in even steps. */
  private void showAgain(long untilNanos) {
    long longest =
        Math.max(
            2 * frameNanos(),
            timing.hasParts() ? timing.partTargetNanos() / 2 : LONGEST_PAUSE_NANOS);
    long from = lastNanos;
    long steps = Math.ceilDiv(Math.max(0, untilNanos - from), longest);
    VideoFrame last = shown;
    for (long i = 1; last != null && i < steps; i++) {
      encode(last, from + (untilNanos - from) * i / steps);
    }
  }

  private void encode(VideoFrame pixels, long ptsNanos) {
    lastNanos = Math.max(lastNanos, ptsNanos);
    HlsCuts cuts = pictureCuts;
    HlsRendition.Cut cut = cuts == null ? HlsRendition.Cut.NONE : cuts.at(ptsNanos);
    Keyframe keyframe = cut == HlsRendition.Cut.SEGMENT ? Keyframe.FORCE : Keyframe.AS_NEEDED;
    for (Rung rung : rungs) {
      rung.track().encode(pixels, ptsNanos, keyframe, unit -> rung.rendition().add(unit, cut));
    }
  }

  private void openRungs(VideoFrame first) {
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
              target());
      rungs.add(new Rung(track, rendition));
      index.pictures(rendition);
    }
    lastNanos = Long.MIN_VALUE;
  }

  private VideoEncoderSettings coded(int rung, int width, int height) {
    int own = SinkBitrate.bps(TrackCodec.H264, width, height, frameRate, settings.quality());
    // A half, an eighth: a quarter of the pixels does with more than a quarter of the bits.
    int asked = settings.videoBitrateBps() >> (rung + rung / 2);
    // Keyframes come when they are asked for.
    int interval = (int) Math.ceil(timing.segmentNanos() * 4.0 / NANOS * frameRate);
    return new VideoEncoderSettings(
        Codec.H264,
        width,
        height,
        settings.videoBitrateBps() > 0 ? Math.max(asked, SinkBitrate.MIN_BPS) : own,
        frameRate,
        interval,
        SPEED);
  }

  private static TrackFormat format(VideoEncoderSettings coded, TrackUnit first) {
    return new TrackFormat.Pictures(
        TrackCodec.H264,
        coded.width(),
        coded.height(),
        coded.frameRate(),
        coded.bitrateBps(),
        CodecConfiguration.of(TrackCodec.H264, first));
  }

  private void sound(AudioFrame block) {
    SoundTrackEncoder its = encoder;
    if (its != null) {
      its.encode(block, this::add);
    }
  }

  private void add(TrackUnit unit) {
    HlsRendition rendition = sound;
    HlsCuts cuts = soundCuts;
    if (rendition != null && cuts != null) {
      rendition.add(unit, cuts.at(unit.ptsNanos()));
    }
  }

  private List<HlsRendition> renditions() {
    List<HlsRendition> all = new ArrayList<>(rungs.stream().map(Rung::rendition).toList());
    if (sound != null) {
      all.add(sound);
    }
    return all;
  }

  private boolean allBegun() {
    return (!wantsPictures || !rungs.isEmpty())
        && renditions().stream().allMatch(HlsRendition::hasBegun);
  }

  /** Says where time begins: with the first picture or the first sound, whichever is earlier. */
  private void start() {
    started = true;
    long origin = Long.MAX_VALUE;
    for (HlsRendition rendition : renditions()) {
      if (rendition.hasBegun()) {
        long delay = rendition == sound ? delayNanos() : 0;
        origin = Math.min(origin, rendition.firstNanos() + delay);
      }
    }
    for (HlsRendition rendition : renditions()) {
      rendition.start(origin);
    }
  }

  private long delayNanos() {
    SoundTrackEncoder its = encoder;
    return its == null ? 0 : its.format().delaySamples() * NANOS / AudioFrame.SAMPLE_RATE_HZ;
  }

  @Override
  public void finish() {
    for (Rung rung : rungs) {
      rung.track().flush(unit -> rung.rendition().add(unit, HlsRendition.Cut.NONE));
    }
    if (encoder != null && sound != null && firstNanos != Long.MIN_VALUE) {
      encoder.flush(this::add);
    }
    if (renditions().stream().noneMatch(HlsRendition::hasBegun)) {
      throw new MediaException(
          MediaException.Code.SINK_FAILED, "the stream ended before anything came to write");
    }
    if (!started) {
      start();
    }
    renditions().stream().filter(HlsRendition::hasBegun).forEach(HlsRendition::finish);
    index.publish();
    output.end();
  }

  @Override
  public void close() {
    keep(null);
    List<AutoCloseable> parts = new ArrayList<>(rungs);
    Optional.ofNullable(sound).ifPresent(parts::add);
    Optional.ofNullable(encoder).ifPresent(parts::add);
    parts.add(output::end);
    Closing.closeAll(parts);
  }
}
