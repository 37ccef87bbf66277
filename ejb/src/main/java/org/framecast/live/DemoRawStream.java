package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.source.clip.Clip;
import org.framecast.stream.source.clip.ClipFile;
import org.framecast.stream.source.clip.ClipPlayer;
import org.framecast.stream.webrtc.FanOut;
import org.jspecify.annotations.Nullable;

/**
 * The demo's clip, encoded once and passed through: what fan-out alone costs. It is decoded only
 * for sinks, such as a recording.
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
  Run start() {
    return new ClipRun();
  }

  /** One time that the clip is played. */
  private final class ClipRun implements Run {
    private final BufferPool pool;
    private final CodedLiveStream stream;
    private final Thread preparation;
    private @Nullable Clip clip;
    private @Nullable ClipPlayer player;
    private boolean closed;

    ClipRun() {
      try (Unfinished opened = new Unfinished()) {
        pool = opened.add(BufferPool.open(NAME + "-clip", CLIP_BYTES));
        stream =
            opened.add(
                CodedLiveStream.start(
                    NAME,
                    parts,
                    CodedLiveStream.Origin.deaf(
                        parts,
                        StreamParts.FORMATS,
                        parts
                            .sending(StreamParts.FORMATS)
                            .withCachedPictures(KEYFRAME_AGE, HISTORY_PACKETS)),
                    ChainMaker.none(),
                    code -> {}));
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
        stream.viewers().close();
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
      ClipPlayer started = new ClipPlayer(NAME, loaded, this::deliver, parts.clock());
      started.start(parts.threads());
      player = started;
    }

    private void deliver(AccessUnit unit) {
      if (unit.codec() == Codec.OPUS) {
        stream.audio(unit);
      } else {
        stream.video(unit);
      }
    }

    @Override
    public FanOut viewers() {
      return stream.viewers();
    }

    @Override
    public Recordable recordable() {
      return stream;
    }

    @Override
    public StreamStats stats() {
      return stream.stats();
    }

    @Override
    public void close() {
      synchronized (this) {
        closed = true;
      }
      preparation.interrupt();
      Closing.closeAll(List.<AutoCloseable>of(this::awaitPreparation, this::stop, stream, pool));
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
}
