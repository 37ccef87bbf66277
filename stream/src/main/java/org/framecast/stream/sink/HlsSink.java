package org.framecast.stream.sink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
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
  private static final long NANOS = 1_000_000_000L;

  private final HlsSinkSettings settings;
  private final SinkTools tools;
  private final HlsOutput output;
  private final HlsIndex index;
  private @Nullable HlsSound sound;
  private @Nullable HlsRendition soundRendition;
  private @Nullable HlsLadder ladder;
  private HlsTiming timing = new HlsTiming(NANOS, 0, 0);
  private double frameRate = VideoInfo.DEFAULT_FRAME_RATE;
  private boolean wantsPictures;
  private boolean came;
  private boolean started;
  private long firstNanos;
  private long originNanos;

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
    HlsSound its = null;
    if (info.audio().isPresent()) {
      its = new HlsSound(tools, settings.audioBitrateBps());
      sound = its;
    }
    long unitNanos = its == null || wantsPictures ? frameNanos() : its.unitNanos();
    timing = settings.timing(unitNanos, output);
    if (its != null) {
      HlsRendition rendition = its.open(timing, target());
      soundRendition = rendition;
      index.sound(rendition);
    }
  }

  private HlsRendition.Target target() {
    return new HlsRendition.Target(tools.codecs(), output);
  }

  private long frameNanos() {
    return Math.round(NANOS / frameRate);
  }

  @Override
  public void accept(MediaItem item) {
    if (!came) {
      came = true;
      firstNanos = item.ptsNanos();
      if (sound != null) {
        sound.cuts(cuts(sound.unitNanos()));
      }
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
    if (wantsPictures) {
      HlsLadder its = ladder;
      if (its == null) {
        its = new HlsLadder(settings, timing, frameRate, cuts(frameNanos()));
        ladder = its;
        its.open(frame.pixels(), tools, target());
        its.renditions().forEach(index::pictures);
        if (started) {
          its.renditions().forEach(late -> late.start(originNanos));
        }
      }
      its.show(frame.pixels(), frame.ptsNanos());
    }
  }

  private HlsCuts cuts(long unitNanos) {
    return new HlsCuts(firstNanos, timing.segmentNanos(), unitNanos);
  }

  private void sound(AudioFrame block) {
    HlsSound its = sound;
    if (its != null) {
      its.encode(block);
    }
  }

  private List<HlsRendition> renditions() {
    List<HlsRendition> all = new ArrayList<>();
    if (ladder != null) {
      all.addAll(ladder.renditions());
    }
    if (soundRendition != null) {
      all.add(soundRendition);
    }
    return all;
  }

  private boolean allBegun() {
    return (!wantsPictures || ladder != null)
        && renditions().stream().allMatch(HlsRendition::hasBegun);
  }

  /** Says where time begins: with the first picture or the first sound, whichever is earlier. */
  private void start() {
    started = true;
    long origin = Long.MAX_VALUE;
    for (HlsRendition rendition : renditions()) {
      if (rendition.hasBegun()) {
        long delay = rendition == soundRendition && sound != null ? sound.delayNanos() : 0;
        origin = Math.min(origin, rendition.firstNanos() + delay);
      }
    }
    originNanos = origin;
    for (HlsRendition rendition : renditions()) {
      rendition.start(origin);
    }
  }

  @Override
  public void finish() {
    if (ladder != null) {
      ladder.flush();
    }
    if (sound != null && came) {
      sound.flush();
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
    List<AutoCloseable> parts = new ArrayList<>();
    if (ladder != null) {
      parts.add(ladder);
    }
    if (sound != null) {
      parts.add(sound);
    }
    parts.add(output::end);
    Closing.closeAll(parts);
  }
}
