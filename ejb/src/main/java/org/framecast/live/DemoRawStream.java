package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.source.clip.Clip;
import org.framecast.stream.source.clip.ClipFile;
import org.framecast.stream.source.clip.ClipPlayer;
import org.framecast.stream.webrtc.FanOut;
import org.jspecify.annotations.Nullable;

/**
 * The demo's clip, encoded once and passed through without decoding: what fan-out alone costs.
 *
 * <p>The clip is made on first demand and kept in the data folder; a viewer who comes meanwhile is
 * answered at once and gets pictures when it is ready.
 */
@Singleton
public class DemoRawStream extends DemandedStream {
  static final String NAME = "demo-raw";

  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
  private static final long CLIP_BYTES = 64L << 20;

  /** The clip has a keyframe every second, and makes none for those who come. */
  private static final Duration KEYFRAME_AGE = Duration.ofMillis(1_100);

  private static final int HISTORY_PACKETS = 512;

  private final StreamParts parts;
  private final DemoClip clips;

  @Inject
  DemoRawStream(StreamParts parts) {
    super(NAME, parts.config().demoLinger(), parts.clock());
    this.parts = parts;
    this.clips = new DemoClip(parts);
  }

  @Override
  public String kind() {
    return "demo-raw";
  }

  @Override
  public boolean isDecoded() {
    return false;
  }

  @Override
  Run start() {
    return new ClipRun();
  }

  /** One time that the clip is played. */
  private final class ClipRun implements Run {
    private final FanOut fanOut;
    private final Meter meter;
    private final BufferPool pool;
    private final Thread preparation;
    private @Nullable Clip clip;
    private @Nullable ClipPlayer player;
    private boolean closed;

    ClipRun() {
      try (Unfinished opened = new Unfinished()) {
        fanOut =
            opened.add(
                parts.openFanOut(
                    parts
                        .sending(StreamParts.FORMATS)
                        .withCachedPictures(KEYFRAME_AGE, HISTORY_PACKETS),
                    RenditionDemand.none()));
        pool = opened.add(BufferPool.open(NAME + "-clip", CLIP_BYTES));
        meter = new Meter(fanOut, parts.clock().nanos());
        preparation = parts.threads().newThread(this::prepare);
        preparation.setName(NAME + "-clip");
        preparation.start();
        opened.finished();
      }
    }

    private void prepare() {
      try {
        Path file = clips.file();
        play(ClipFile.load(file, pool));
      } catch (ClosedByInterruptException e) {
        // Nobody waits for it any more.
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException e) {
        LiveMessages.LOG.sourceFailed(NAME, e);
        fanOut.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized void play(Clip loaded) {
      clip = loaded;
      if (closed) {
        loaded.close();
        return;
      }
      ClipPlayer started = new ClipPlayer(NAME, loaded, meter, parts.clock());
      started.start(parts.threads());
      player = started;
    }

    @Override
    public FanOut viewers() {
      return fanOut;
    }

    @Override
    public StreamStats stats() {
      return meter.stats(
          parts.clock().nanos(),
          parts.wallClock().instant().toEpochMilli(),
          fanOut.viewers().size());
    }

    @Override
    public void close() {
      synchronized (this) {
        closed = true;
      }
      preparation.interrupt();
      Closing.closeAll(List.<AutoCloseable>of(this::awaitPreparation, this::stop, fanOut, pool));
    }

    private void awaitPreparation() throws InterruptedException {
      if (!preparation.join(STOP_LIMIT)) {
        throw new IllegalStateException("the clip is still being made");
      }
    }

    private synchronized void stop() {
      if (player != null && !player.stop(STOP_LIMIT)) {
        throw new IllegalStateException("the clip still plays");
      }
      if (clip != null) {
        clip.close();
      }
    }
  }

  /** Counts what passes, for the numbers. */
  private static final class Meter implements AccessUnitSink {
    private final FanOut next;
    private final AccessUnitSink sound;
    private final AtomicLong pictures = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong audio = new AtomicLong();
    private long seenPictures;
    private long seenBytes;
    private long seenNanos;
    private double rate;
    private long bitrate;

    Meter(FanOut next, long nowNanos) {
      this.next = next;
      this.sound = next.audio();
      this.seenNanos = nowNanos;
    }

    @Override
    public void deliver(AccessUnit unit) {
      if (unit.codec() == Codec.OPUS) {
        sound.deliver(unit);
        audio.incrementAndGet();
      } else {
        next.deliver(Rendition.best(unit.codec()), unit);
        pictures.incrementAndGet();
        bytes.addAndGet(unit.data().sizeBytes());
      }
    }

    synchronized StreamStats stats(long nowNanos, long timeMillis, int viewers) {
      double seconds = (nowNanos - seenNanos) / 1e9;
      if (seconds >= 1) {
        rate = (pictures.get() - seenPictures) / seconds;
        bitrate = Math.round((bytes.get() - seenBytes) * 8 / seconds);
        seenPictures = pictures.get();
        seenBytes = bytes.get();
        seenNanos = nowNanos;
      }
      Map<Stage, StreamStats.Spread> none = new EnumMap<>(Stage.class);
      return new StreamStats(
          timeMillis,
          rate,
          rate,
          pictures.get(),
          pictures.get(),
          viewers,
          bitrate,
          DemoClip.WIDTH,
          DemoClip.HEIGHT,
          0,
          none,
          new StreamStats.Drops(0, 0, 0, 0),
          audio.get(),
          0,
          List.of());
    }
  }
}
