package org.framecast.stream.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.framecast.stream.codec.CodecConfiguration;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.Muxer;
import org.framecast.stream.codec.MuxerSettings;
import org.framecast.stream.codec.MuxerTarget;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.codec.SoundTrackEncoder;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a stream into a file.
 *
 * <p>It is written as {@code NAME.part} and gets its name when it is complete. Whatever ends it
 * before, a killed process too, leaves a {@code .part} that plays up to about a second before the
 * end, in every container: a plain MP4 is made of fragments until it is complete, and then gets its
 * index, at the front.
 *
 * <p><b>Units:</b> the file's time begins with the first item. Pictures have the size of the first,
 * made even; others are scaled to it. What the stream did not announce is left out.
 */
public final class FileSink implements StreamSink {
  private static final String PART = ".part";

  private final FileSinkSettings settings;
  private final SinkTools tools;
  private final Path part;
  private @Nullable FileWriter writer;
  private @Nullable PictureTrack pictures;
  private @Nullable SoundTrackEncoder sound;
  private double frameRate = VideoInfo.DEFAULT_FRAME_RATE;
  private int pictureLane = -1;
  private int soundLane = -1;
  private boolean keyed;
  private long keyframeNanos;

  /** Makes a sink that has not touched the file system yet. */
  public FileSink(FileSinkSettings settings, SinkTools tools) {
    this.settings = settings;
    this.tools = tools;
    part = settings.path().resolveSibling(settings.path().getFileName() + PART);
  }

  @Override
  public DeliveryPolicy delivery() {
    return settings.whenBehind().delivery();
  }

  @Override
  public void begin(MediaInfo info) {
    List<FileWriter.Plan> plans = new ArrayList<>();
    if (info.video().isPresent() && settings.video().isPresent()) {
      frameRate = info.video().get().expectedFrameRate();
      pictureLane = plans.size();
      plans.add(new FileWriter.Plan(0, this::pictureFormat));
    }
    if (info.audio().isPresent() && settings.audio().isPresent()) {
      SoundTrackEncoder encoder =
          tools
              .codecs()
              .openSoundTrackEncoder(
                  settings.audio().get(), settings.audioBitrateBps(), tools.buffers());
      sound = encoder;
      soundLane = plans.size();
      long delayNanos =
          encoder.format().delaySamples() * 1_000_000_000L / AudioFrame.SAMPLE_RATE_HZ;
      plans.add(new FileWriter.Plan(delayNanos, first -> encoder.format()));
    }
    if (plans.isEmpty()) {
      throw new MediaException(
          MediaException.Code.OPTIONS, "the stream has nothing that the file is to hold");
    }
    SinkFiles.create(part);
    Map<String, String> metadata = info.metadata();
    writer = new FileWriter(plans, formats -> open(formats, metadata));
  }

  private TrackFormat pictureFormat(TrackUnit first) {
    PictureTrackSettings coded = track().settings();
    return new TrackFormat.Pictures(
        settings.video().orElseThrow(),
        coded.width(),
        coded.height(),
        coded.frameRate(),
        coded.bitrateBps(),
        CodecConfiguration.of(settings.video().orElseThrow(), first));
  }

  private Muxer open(List<TrackFormat> formats, Map<String, String> metadata) {
    return tools
        .codecs()
        .openMuxer(
            new MuxerSettings(settings.container(), formats, metadata),
            new MuxerTarget.ToFile(part));
  }

  @Override
  public void accept(MediaItem item) {
    switch (item) {
      case TimestampedFrame frame -> picture(frame);
      case AudioFrame block -> sound(block);
    }
  }

  private void picture(TimestampedFrame frame) {
    if (pictureLane < 0) {
      return;
    }
    PictureTrack track = pictures;
    if (track == null) {
      track = open(frame.pixels());
      pictures = track;
    }
    Keyframe keyframe = keyframe(frame.ptsNanos());
    FileWriter file = file();
    track.encode(frame.pixels(), frame.ptsNanos(), keyframe, unit -> file.add(pictureLane, unit));
  }

  private Keyframe keyframe(long ptsNanos) {
    if (keyed && ptsNanos - keyframeNanos < settings.keyframeInterval().toNanos()) {
      return Keyframe.AS_NEEDED;
    }
    keyed = true;
    keyframeNanos = ptsNanos;
    return Keyframe.FORCE;
  }

  private PictureTrack open(VideoFrame first) {
    PictureTrackSettings coded =
        settings.encoder(
            Math.max(2, first.width() & ~1), Math.max(2, first.height() & ~1), frameRate);
    return new PictureTrack(
        tools.codecs(), coded, new HardwareFirst(tools, settings.hardware()).open(coded));
  }

  private PictureTrack track() {
    PictureTrack track = pictures;
    if (track == null) {
      throw new IllegalStateException("no picture came");
    }
    return track;
  }

  private void sound(AudioFrame block) {
    SoundTrackEncoder encoder = sound;
    if (encoder != null) {
      FileWriter file = file();
      encoder.encode(block, unit -> file.add(soundLane, unit));
    }
  }

  private FileWriter file() {
    FileWriter file = writer;
    if (file == null) {
      throw new IllegalStateException("not begun");
    }
    return file;
  }

  @Override
  public void finish() {
    FileWriter file = file();
    PictureTrack track = pictures;
    if (track != null) {
      track.flush(unit -> file.add(pictureLane, unit));
    }
    SoundTrackEncoder encoder = sound;
    if (encoder != null) {
      encoder.flush(unit -> file.add(soundLane, unit));
    }
    file.finish();
    file.close();
    if (settings.container() == Container.MP4) {
      FastStart.moveIndex(part);
    }
    rename();
  }

  private void rename() {
    try {
      Files.move(part, settings.path(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw SinkFiles.failed("cannot rename " + part.getFileName(), e);
    }
  }

  @Override
  public void close() {
    FileWriter file = writer;
    List<AutoCloseable> parts = new ArrayList<>();
    if (file != null) {
      parts.add(file);
    }
    if (pictures != null) {
      parts.add(pictures);
    }
    if (sound != null) {
      parts.add(sound);
    }
    Closing.closeAll(parts);
    SinkFiles.deleteEmpty(part);
  }
}
