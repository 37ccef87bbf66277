package org.framecast.stream.source;

import java.time.Duration;
import org.framecast.stream.flow.Playback;
import org.framecast.stream.flow.SeekableSource;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.jspecify.annotations.Nullable;

/**
 * Another source that can be held, stepped and moved while a stream pulls from it.
 *
 * <p><b>Ownership:</b> the other source is its own.
 */
public final class PlaybackSource implements StreamSource, Playback {
  private final StreamSource source;
  private boolean paused;
  private int steps;
  private boolean over;
  private @Nullable Duration distance;
  private long lastPtsNanos;

  public PlaybackSource(StreamSource source) {
    this.source = source;
  }

  @Override
  public MediaInfo info() {
    return source.info();
  }

  @Override
  public @Nullable MediaItem next() throws InterruptedException {
    if (!awaitTurn()) {
      return null;
    }
    move();
    MediaItem item = source.next();
    if (item instanceof TimestampedFrame frame) {
      given(frame);
    }
    return item;
  }

  private synchronized boolean awaitTurn() throws InterruptedException {
    while (paused && steps == 0 && distance == null && !over) {
      wait();
    }
    return !over;
  }

  private void move() {
    Duration wished;
    long from;
    synchronized (this) {
      wished = distance;
      distance = null;
      from = lastPtsNanos;
      steps = wished != null && paused ? Math.max(1, steps) : steps;
    }
    if (wished != null && source instanceof SeekableSource seekable) {
      seek(seekable, Math.max(0, from + wished.toNanos()));
    }
  }

  private void seek(SeekableSource seekable, long ptsNanos) {
    long end = info().duration().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    try {
      seekable.seek(Math.min(ptsNanos, end));
    } catch (MediaException e) {
      if (e.code() != MediaException.Code.OPTIONS && e.code() != MediaException.Code.UNSUPPORTED) {
        throw e;
      }
      // There is no such place, or no way back: it goes on where it is.
    }
  }

  private synchronized void given(TimestampedFrame frame) {
    lastPtsNanos = frame.ptsNanos();
    steps = Math.max(0, steps - 1);
  }

  @Override
  public synchronized void pause() {
    paused = true;
    steps = 0;
  }

  @Override
  public synchronized void resume() {
    paused = false;
    steps = 0;
    notifyAll();
  }

  @Override
  public synchronized boolean isPaused() {
    return paused;
  }

  @Override
  public synchronized void step() {
    paused = true;
    steps++;
    notifyAll();
  }

  @Override
  public boolean isSeekable() {
    return source instanceof SeekableSource;
  }

  @Override
  public synchronized void seekBy(Duration wished) {
    if (isSeekable()) {
      Duration before = distance;
      distance = before == null ? wished : before.plus(wished);
      notifyAll();
    }
  }

  @Override
  public synchronized void quit() {
    over = true;
    notifyAll();
  }

  @Override
  public void close() {
    quit();
    source.close();
  }
}
