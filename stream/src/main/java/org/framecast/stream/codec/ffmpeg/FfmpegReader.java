package org.framecast.stream.codec.ffmpeg;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.VideoInfo;
import org.jspecify.annotations.Nullable;

/**
 * Files by FFmpeg's demuxers and decoders.
 *
 * <p>A picture is decoded into FFmpeg's memory and copied once into a pooled frame: the decoder
 * keeps its own as a reference for those that follow, so what is to be drawn on must be another.
 *
 * <p>A seek goes to a keyframe that is shown before the picture that is asked for, decodes on from
 * there, and lets go of what comes before. Where the container leads to a later one, it goes back
 * further, at last to the beginning.
 */
final class FfmpegReader implements MediaReader {
  /** Encoders put some sound in front of the first that is meant to be heard. */
  private static final long LEAD_IN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Decoders of sound need a little of what comes before. */
  private static final long PREROLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long FIRST_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FfmpegReaderDamage damage;
  private final FfmpegReaderInput input;
  private @Nullable FfmpegReaderVideo video;
  private @Nullable FfmpegReaderAudio audio;
  private MediaInfo info = MediaInfo.ofAudio(AudioInfo.WORKING);
  private boolean ended;
  private boolean closed;

  private FfmpegReader(MediaReaderSettings settings) {
    damage = new FfmpegReaderDamage();
    input = new FfmpegReaderInput(settings, damage);
  }

  static FfmpegReader open(MediaReaderSettings settings, FramePool frames, BufferPool buffers) {
    FfmpegReader reader = new FfmpegReader(settings);
    boolean done = false;
    try {
      reader.openStreams(settings, frames, buffers);
      done = true;
      return reader;
    } finally {
      if (!done) {
        reader.close();
      }
    }
  }

  private void openStreams(MediaReaderSettings settings, FramePool frames, BufferPool buffers) {
    AVFormatContext container = input.context();
    int picture = FfmpegReaderFacts.best(container, avutil.AVMEDIA_TYPE_VIDEO, -1);
    int sound =
        settings.tracks() == MediaReaderSettings.Tracks.PICTURES
            ? -1
            : FfmpegReaderFacts.best(container, avutil.AVMEDIA_TYPE_AUDIO, picture);
    if (picture < 0 && sound < 0) {
      throw new MediaException(
          MediaException.Code.MALFORMED, "the file has nothing to show or to hear");
    }
    Optional<VideoInfo> seen = Optional.empty();
    Optional<AudioInfo> heard = Optional.empty();
    if (picture >= 0) {
      FfmpegReaderVideo made =
          new FfmpegReaderVideo(settings, container.streams(picture), input, damage, frames);
      video = made;
    }
    if (sound >= 0) {
      audio = new FfmpegReaderAudio(settings, container.streams(sound), input, damage, buffers);
      heard = Optional.of(FfmpegReaderFacts.sound(container.streams(sound)));
    }
    // What comes before the first picture is no reason not to wait for it.
    input.searching(true);
    if (video != null) {
      requireFirst(video.fill(), settings);
      seen = Optional.of(video.info(container.streams(picture)));
    }
    beginTimeLine();
    input.searching(false);
    info =
        new MediaInfo(
            seen,
            heard,
            FfmpegReaderFacts.duration(container),
            FfmpegReaderFacts.metadata(container));
  }

  private static void requireFirst(boolean there, MediaReaderSettings settings) {
    if (!there) {
      throw new MediaException(
          MediaException.Code.MALFORMED,
          "not one picture of the file can be decoded within "
              + settings.limits().maxPixels()
              + " pixels");
    }
  }

  private void beginTimeLine() {
    FfmpegReaderVideo pictures = video;
    FfmpegReaderAudio sound = audio;
    if (pictures == null) {
      if (sound != null) {
        sound.time().origin(sound.firstNanos(0));
      }
      return;
    }
    long origin = pictures.nanos();
    if (sound != null) {
      long first = sound.waits() ? sound.firstNanos(origin) : origin;
      origin = first < origin - LEAD_IN_NANOS ? first : origin;
      sound.time().origin(origin);
    }
    pictures.origin(origin);
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public @Nullable MediaItem read() {
    requireOpen();
    boolean done = false;
    try {
      MediaItem item = readOne();
      done = true;
      return item;
    } finally {
      ended |= !done;
    }
  }

  private @Nullable MediaItem readOne() {
    FfmpegReaderVideo pictures = video;
    FfmpegReaderAudio sound = audio;
    while (!ended) {
      boolean seen = pictures != null && pictures.fill();
      boolean heard = sound != null && sound.fill();
      if (input.stopped()) {
        return null;
      }
      boolean soundFirst =
          sound != null && heard && (pictures == null || !seen || sound.nanos() < pictures.nanos());
      if (pictures != null && seen && !soundFirst) {
        return pictures.take();
      }
      if (sound != null && heard) {
        return sound.take();
      }
      if ((pictures == null || pictures.ended()) && (sound == null || sound.ended())) {
        ended = true;
        damage.throwIfAny();
      }
    }
    return null;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the reader is closed");
    }
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public void seek(long ptsNanos) {
    requireOpen();
    if (ptsNanos < 0 || info.duration().filter(all -> isAfter(ptsNanos, all)).isPresent()) {
      throw new MediaException(
          MediaException.Code.OPTIONS,
          "the file has no picture at "
              + TimeUnit.NANOSECONDS.toMillis(ptsNanos)
              + " ms"
              + info.duration().map(all -> "; it lasts " + all.toMillis() + " ms").orElse(""));
    }
    ended = false;
    input.searching(true);
    try {
      FfmpegReaderVideo pictures = video;
      if (pictures != null) {
        seekPicture(pictures, ptsNanos);
      } else {
        seekSound(ptsNanos);
      }
    } finally {
      input.searching(false);
    }
  }

  private static boolean isAfter(long ptsNanos, Duration end) {
    return ptsNanos > end.toNanos();
  }

  private void seekPicture(FfmpegReaderVideo pictures, long targetNanos) {
    long goal = targetNanos;
    long step = FIRST_STEP_NANOS;
    while (!input.stopped()) {
      boolean fromBeginning = goal <= 0 || !input.seek(pictures.time().ticks(goal));
      if (fromBeginning) {
        input.rewind();
      }
      pictures.restart(fromBeginning);
      if (pictures.forwardTo(targetNanos) || fromBeginning) {
        break;
      }
      goal -= step;
      step *= 2;
    }
    if (audio != null) {
      audio.restart(pictures.fill() ? pictures.nanos() : targetNanos);
    }
  }

  private void seekSound(long targetNanos) {
    FfmpegReaderAudio sound = audio;
    if (sound == null) {
      return;
    }
    long goal = targetNanos - PREROLL_NANOS;
    if (goal <= 0 || !input.seek(sound.time().ticks(goal))) {
      input.rewind();
    }
    sound.restart(targetNanos);
  }

  @Override
  public void stop() {
    input.stop();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Closing.close(video);
    Closing.close(audio);
    input.close();
  }
}
