package org.framecast.stream.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.flow.SeekableSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.Pacer;
import org.jspecify.annotations.Nullable;

/**
 * Plays a media file: every picture and all sound, once or again and again.
 *
 * <p>Nothing is lost when the pools have no room or nobody asks in time: it waits. A file that is
 * damaged or cut off gives what is whole, then its end is a MALFORMED exception, also in a loop.
 *
 * <p>After a seek it is in its first round, and PTS are those of the file again.
 *
 * <p><b>Units:</b> PTS begin at 0 with the file, whatever the pace, and go on from round to round;
 * frame numbers count what was given.
 */
public final class FileSource implements SeekableSource {
  private static final Duration POOL_PAUSE = Duration.ofMillis(1);

  private final MediaReader reader;
  private final FileOptions options;
  private final Pacer pacer;
  private final FileRounds rounds;
  private final Object reading = new Object();
  private @Nullable MediaItem due;
  private boolean over;
  private boolean closed;

  /**
   * Takes over a reader that stands at its beginning.
   *
   * @param options whose path is the reader's business
   * @throws org.framecast.stream.media.MediaException with OPTIONS for a start after the end
   */
  public FileSource(MediaReader reader, FileOptions options, MediaClock clock) {
    this.reader = reader;
    this.options = options;
    pacer = new Pacer(clock);
    rounds = new FileRounds(reader.info());
    boolean done = false;
    try {
      if (startNanos() > 0) {
        reader.seek(startNanos());
      }
      done = true;
    } finally {
      if (!done) {
        reader.close();
      }
    }
  }

  private long startNanos() {
    return Math.round(options.start() * TimeUnit.SECONDS.toNanos(1));
  }

  @Override
  public MediaInfo info() {
    return reader.info();
  }

  @Override
  public @Nullable MediaItem next() throws InterruptedException {
    synchronized (reading) {
      if (closed || (due == null && !read())) {
        return null;
      }
      MediaItem item = due;
      if (item == null || !isDue(item)) {
        return null;
      }
      due = null;
      return item;
    }
  }

  private boolean isDue(MediaItem item) throws InterruptedException {
    return switch (options.pace()) {
      case REAL_TIME -> pacer.awaitDue(item.ptsNanos());
      case AS_FAST_AS_POSSIBLE -> !pacer.stopped();
    };
  }

  /** Reads one item to give; false at the end of the last round and after a close. */
  private boolean read() throws InterruptedException {
    while (!over && !pacer.stopped()) {
      MediaItem item = readOne();
      if (item != null) {
        due = onLine(item);
        return true;
      }
      if (!reader.ended()) {
        pacer.pause(POOL_PAUSE);
      } else if (rounds.isEmpty() || rounds.count() == options.loop()) {
        over = true;
      } else {
        rounds.next();
        reader.seek(startNanos());
      }
    }
    return false;
  }

  private @Nullable MediaItem readOne() {
    boolean done = false;
    try {
      MediaItem item = reader.read();
      done = true;
      return item;
    } finally {
      over |= !done;
    }
  }

  private MediaItem onLine(MediaItem item) {
    long shift = rounds.place(item);
    if (shift == 0) {
      return item;
    }
    return switch (item) {
      case AudioFrame block -> new AudioFrame(block.pcm(), block.ptsNanos() + shift);
      case TimestampedFrame frame -> {
        try (frame) {
          yield new TimestampedFrame(
              frame.pixels().hold(),
              frame.sourceId(),
              frame.frameNumber(),
              frame.captureNanos() + shift);
        }
      }
    };
  }

  @Override
  public void seek(long ptsNanos) {
    synchronized (reading) {
      if (closed) {
        return;
      }
      reader.seek(ptsNanos);
      letGo();
      rounds.restart();
      pacer.restart();
      over = false;
    }
  }

  private void letGo() {
    MediaItem item = due;
    due = null;
    if (item != null) {
      item.close();
    }
  }

  @Override
  public void close() {
    pacer.stop();
    reader.stop();
    synchronized (reading) {
      if (!closed) {
        closed = true;
        letGo();
        reader.close();
      }
    }
  }
}
