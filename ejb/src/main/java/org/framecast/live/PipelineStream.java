package org.framecast.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.pipeline.RunningPipeline;
import org.framecast.stream.pipeline.StageStatistics;
import org.framecast.stream.pipeline.StopMode;
import org.framecast.stream.webrtc.FanOut;

/**
 * What the streams of both modes share: their part of memory, their numbers, and their end.
 *
 * <p><b>Thread:</b> as {@link LiveStream}.
 */
abstract class PipelineStream implements LiveStream {
  private static final Duration STOP_LIMIT = Duration.ofMillis(1_500);

  /** What a sink is told before the first picture; it follows the pictures themselves. */
  private static final int UNKNOWN_WIDTH = 1280;

  private static final int UNKNOWN_HEIGHT = 720;

  private final String name;
  private final StreamPools pools;
  private final StageStatistics statistics;
  private final StatsReader reader;
  private volatile int width;
  private volatile int height;
  private volatile boolean soundCame;
  private boolean closed;

  PipelineStream(String name, StreamParts parts) {
    this.name = name;
    statistics = new StageStatistics(parts.clock(), StatsReader.WINDOW);
    reader = new StatsReader(parts.wallClock());
    pools = StreamPools.open(name, parts.config());
  }

  /** For the constructor: what is open so far, to be closed when it goes no further. */
  final Unfinished opened() {
    Unfinished opened = new Unfinished();
    opened.add(pools);
    return opened;
  }

  /** Starts its threads; when one cannot be started, the stream is closed. */
  final void begin(Runnable threads) {
    try (Unfinished begun = new Unfinished()) {
      begun.add(this);
      threads.run();
      begun.finished();
    }
  }

  /** Its pipeline, also before it is started. */
  abstract RunningPipeline pipeline();

  /**
   * Stops its pipeline and drops what is inside.
   *
   * @return whether it ended in time
   */
  boolean stop(Duration limit) {
    return pipeline().stop(StopMode.ABANDON, limit);
  }

  @Override
  public void chain(LayerChain chain) {
    pipeline().chain(chain);
  }

  /** What its layers, and sources of the server's own, take frames and blocks from. */
  @Override
  public final StreamPools pools() {
    return pools;
  }

  /** Where its pipeline counts. */
  final StageStatistics statistics() {
    return statistics;
  }

  /** Sound has come. */
  final void soundCame() {
    soundCame = true;
  }

  /** What is known of it to one who begins to take it now. */
  final MediaInfo info() {
    boolean known = width > 0 && height > 0;
    VideoInfo video =
        known
            ? new VideoInfo(width, height, VideoInfo.DEFAULT_FRAME_RATE)
            : new VideoInfo(UNKNOWN_WIDTH, UNKNOWN_HEIGHT, 0);
    return new MediaInfo(
        Optional.of(video),
        soundCame ? Optional.of(AudioInfo.WORKING) : Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** Its pictures are of this size now. */
  final void size(int newWidth, int newHeight) {
    width = newWidth;
    height = newHeight;
  }

  @Override
  public final BufferPool buffers() {
    return pools.buffers();
  }

  @Override
  public void overflow() {
    statistics.dropped(DropKind.OVERFLOW);
  }

  @Override
  public final StreamStats stats() {
    int viewers = fanOut().map(fanOut -> fanOut.viewers().size()).orElse(0);
    RunningPipeline running = pipeline();
    return reader.read(
        running.statistics(), new StatsReader.Now(viewers, width, height, running.inFlight()));
  }

  @Override
  public final void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    Closing.closeAll(
        List.<AutoCloseable>of(this::stopPipeline, () -> fanOut().ifPresent(FanOut::close), pools));
  }

  private void stopPipeline() {
    if (!stop(STOP_LIMIT)) {
      throw new IllegalStateException("the pipeline of " + name + " did not end in time");
    }
  }
}
