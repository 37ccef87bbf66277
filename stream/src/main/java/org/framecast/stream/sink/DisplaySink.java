package org.framecast.stream.sink;

import java.time.Duration;
import java.util.Optional;
import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.Playback;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.jspecify.annotations.Nullable;

/**
 * Shows the pictures of a stream in a window. Space holds it and lets it go on, the full stop shows
 * one more picture, the arrows go back and on, Q and Escape end it.
 *
 * <p>With a {@link Playback} the keys act on the source, and quitting ends the stream. Without one
 * they act on the window alone: held, it leaves pictures out; the arrows do nothing; and quitting
 * ends this sink with SINK_FAILED. Sound is passed over.
 *
 * <p><b>Throws:</b> UNSUPPORTED when it is made where no window can be shown.
 */
public final class DisplaySink implements StreamSink {
  private static final VideoInfo UNKNOWN = new VideoInfo(640, 360, 0);
  private static final double NANOS_PER_SECOND = 1e9;

  private final DisplayOptions options;
  private final Duration seek;
  private final FrameConverter converter;
  private final FramePool pool;
  private final Optional<Playback> playback;
  private volatile @Nullable DisplayWindow window;
  private boolean held;
  private int steps;
  private boolean left;
  private boolean closed;

  /**
   * @param pool where converted pictures come from
   * @param playback what the keys act on, if there is something
   */
  public DisplaySink(
      DisplayOptions options, MediaCodecs codecs, FramePool pool, Optional<Playback> playback) {
    DisplayWindow.check();
    this.options = options;
    this.seek = Duration.ofNanos(Math.round(options.seek() * NANOS_PER_SECOND));
    this.pool = pool;
    this.playback = playback;
    this.converter = codecs.openFrameConverter();
  }

  @Override
  public DeliveryPolicy delivery() {
    return DeliveryPolicy.LATEST;
  }

  @Override
  public void begin(MediaInfo info) {
    VideoInfo video = info.video().orElse(UNKNOWN);
    window = DisplayWindow.open(options.title(), video.width(), video.height(), this::obey);
  }

  @Override
  public void accept(MediaItem item) {
    switch (item) {
      case AudioFrame sound -> {
        // There is no loudspeaker behind a window.
      }
      case TimestampedFrame frame -> {
        DisplayWindow open = window;
        if (open != null && wants()) {
          show(frame.pixels(), open);
        }
      }
    }
  }

  /** Whether the next picture is to be seen. */
  private synchronized boolean wants() {
    if (left && playback.isEmpty()) {
      throw new MediaException(MediaException.Code.SINK_FAILED, "the window was closed");
    }
    if (held && steps == 0) {
      return false;
    }
    steps = Math.max(0, steps - 1);
    return true;
  }

  private void show(VideoFrame picture, DisplayWindow open) {
    FrameShape shape = new FrameShape(PixelFormat.BGR24, picture.width(), picture.height());
    try (VideoFrame packed = pool.acquire(shape)) {
      converter.convert(picture, packed);
      open.show(packed);
    }
  }

  /** On the event thread: does what a key asks for. */
  private void obey(DisplayCommand command) {
    if (playback.isPresent()) {
      obey(command, playback.get());
    } else {
      obeyAlone(command);
    }
    DisplayWindow open = window;
    if (open != null) {
      open.title(options.title() + (isHeld() ? " – paused" : ""));
    }
  }

  private boolean isHeld() {
    synchronized (this) {
      return playback.map(Playback::isPaused).orElse(held);
    }
  }

  private void obey(DisplayCommand command, Playback source) {
    switch (command) {
      case PAUSE -> {
        if (source.isPaused()) {
          source.resume();
        } else {
          source.pause();
        }
      }
      case STEP -> source.step();
      case BACK -> source.seekBy(seek.negated());
      case FORWARD -> source.seekBy(seek);
      case QUIT -> source.quit();
    }
  }

  private synchronized void obeyAlone(DisplayCommand command) {
    switch (command) {
      case PAUSE -> {
        held = !held;
        steps = 0;
      }
      case STEP -> {
        held = true;
        steps++;
      }
      case BACK, FORWARD -> {
        // Nothing here can go elsewhere.
      }
      case QUIT -> left = true;
    }
  }

  @Override
  public void finish() {
    // The last picture has been shown; the close takes the window away.
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      DisplayWindow open = window;
      if (open != null) {
        open.close();
      }
    } finally {
      converter.close();
    }
  }
}
