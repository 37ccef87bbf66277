package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Notes what another source gives, and gives it on: at once, or, for a sink that is live, only as
 * far as it was seen on the other side.
 */
final class GatedSource implements StreamSource {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Sound that may be on its way: the encoder keeps some, and packets are of 20 ms. */
  private static final double SOUND_AHEAD_SECONDS = 0.2;

  /**
   * A viewer is connected before its way is open on the sink's side: what is sent in between is for
   * nobody. When nothing was heard for so long, it was that.
   */
  private static final Duration UNHEARD = Duration.ofSeconds(2);

  /** How far it may go. */
  enum Gate {
    OPEN,
    AS_SEEN
  }

  private final StreamSource source;
  private final int most;
  private final Gate gate;
  private final List<Long> pictures = Collections.synchronizedList(new ArrayList<>());
  private boolean begun;
  private boolean joined;
  private boolean closed;
  private int seenPictures;
  private double seenSeconds;
  private double soundSeconds;
  private double missedSeconds;
  private boolean heard;
  private Deadline unheard = Deadline.in(LIMIT);
  private long firstNanos = Long.MAX_VALUE;
  private long endNanos;

  GatedSource(StreamSource source, int most, Gate gate) {
    this.source = source;
    this.most = most;
    this.gate = gate;
  }

  @Override
  public MediaInfo info() {
    return source.info();
  }

  @Override
  public @Nullable MediaItem next() throws InterruptedException {
    if (!awaitTurn() || pictures.size() == most) {
      return null;
    }
    MediaItem item = source.next();
    if (item != null) {
      note(item);
    }
    return item;
  }

  private synchronized void note(MediaItem item) {
    firstNanos = Math.min(firstNanos, item.ptsNanos());
    long end = item.ptsNanos();
    switch (item) {
      case TimestampedFrame frame -> {
        pictures.add(frame.ptsNanos());
        end += TimeUnit.SECONDS.toNanos(1) / SinkStage.FRAME_RATE;
      }
      case AudioFrame block -> {
        double seconds = (double) block.samples() / AudioFrame.SAMPLE_RATE_HZ;
        soundSeconds += seconds;
        end += Math.round(seconds * 1e9);
      }
    }
    endNanos = Math.max(endNanos, end);
    begun = true;
    notifyAll();
  }

  /** Waits, after the first item, until somebody watches and has seen what came. */
  private synchronized boolean awaitTurn() throws InterruptedException {
    Deadline limit = Deadline.in(LIMIT);
    while (gate == Gate.AS_SEEN && begun && !closed && !mayGoOn()) {
      if (mayMiss()) {
        if (!unheard.await(this)) {
          miss();
        }
      } else if (!limit.await(this)) {
        throw new AssertionError(
            "seen " + seenPictures + " of " + pictures.size() + ", " + seenSeconds + " s of sound");
      }
    }
    return !closed;
  }

  private boolean mayGoOn() {
    return joined
        && seenPictures >= pictures.size()
        && soundSeconds - seenSeconds < SOUND_AHEAD_SECONDS;
  }

  private boolean mayMiss() {
    return joined && !heard && soundSeconds - seenSeconds >= SOUND_AHEAD_SECONDS;
  }

  private void miss() {
    missedSeconds += soundSeconds - seenSeconds;
    seenSeconds = soundSeconds;
    unheard = Deadline.in(UNHEARD);
  }

  /** Waits for the first item. */
  synchronized void awaitBegin() throws InterruptedException {
    Deadline limit = Deadline.in(LIMIT);
    while (!begun) {
      assertTrue(limit.await(this), "nothing came");
    }
  }

  /** Somebody watches: what came before is not waited for. */
  synchronized void joined() {
    joined = true;
    seenPictures = pictures.size();
    seenSeconds = soundSeconds;
    unheard = Deadline.in(UNHEARD);
    notifyAll();
  }

  synchronized void sawPicture() {
    seenPictures++;
    notifyAll();
  }

  synchronized void heard(double seconds) {
    heard = true;
    seenSeconds += seconds;
    notifyAll();
  }

  /** Times of its pictures, from the first item on. */
  List<Double> pictureSeconds() {
    return pictures.stream().map(nanos -> (nanos - firstNanos) / 1e9).toList();
  }

  double soundSeconds() {
    return soundSeconds;
  }

  /** Sound that it gave while nothing was heard: before the viewer's way was open, perhaps. */
  double missedSeconds() {
    return missedSeconds;
  }

  /** From its first item to the end of its last. */
  double seconds() {
    return (endNanos - firstNanos) / 1e9;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    source.close();
  }
}
