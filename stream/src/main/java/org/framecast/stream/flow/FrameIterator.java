package org.framecast.stream.flow;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.jspecify.annotations.Nullable;

/** A source's pictures, one after the other. */
final class FrameIterator implements Iterator<TimestampedFrame> {
  private final StreamSource source;
  private @Nullable TimestampedFrame ready;
  private boolean ended;

  FrameIterator(StreamSource source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready == null && !ended) {
        MediaItem item = source.next();
        switch (item) {
          case null -> ended = true;
          case AudioFrame sound -> sound.close();
          case TimestampedFrame frame -> ready = frame;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
    }
    return ready != null;
  }

  @Override
  public TimestampedFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    TimestampedFrame frame = ready;
    ready = null;
    if (frame == null) {
      throw new NoSuchElementException();
    }
    return frame;
  }
}
