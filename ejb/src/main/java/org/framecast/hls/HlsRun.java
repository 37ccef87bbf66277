package org.framecast.hls;

import java.time.Duration;
import org.framecast.auth.Secret;
import org.framecast.live.OwnMemorySink;
import org.framecast.live.Recordable;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.sink.HlsSink;
import org.framecast.stream.sink.HlsSinkSettings;
import org.framecast.stream.sink.HlsStore;
import org.framecast.stream.sink.SinkTools;

/**
 * One time that a stream is made into HLS. Its id is part of the addresses of what it makes, so
 * that nothing of it is taken for what the next one makes.
 *
 * <p><b>Thread:</b> any.
 */
final class HlsRun {
  /**
   * No document can give a sink such a name: names have no capitals there. The id follows, so that
   * the next run need not wait until this one's sink has gone.
   */
  private static final String SINK_PREFIX = "HLS-";

  private static final long MEMORY_BYTES = 64L << 20;
  private static final int ID_BYTES = 6;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  private final String id;
  private final Recordable target;
  private final HlsStore store;
  private volatile long askedNanos;
  private volatile boolean stopped;

  private HlsRun(String id, Recordable target, HlsStore store) {
    this.id = id;
    this.target = target;
    this.store = store;
  }

  /**
   * Adds its sink to a stream.
   *
   * @throws IllegalStateException when the stream has ended
   */
  static HlsRun begin(Recordable target, HlsSinkSettings settings, MediaCodecs codecs) {
    String id = Secret.randomText(ID_BYTES);
    HlsStore store = new HlsStore(id + "/");
    BufferPool memory = BufferPool.open("hls", MEMORY_BYTES);
    HlsSink sink = HlsSink.to(store, settings, new SinkTools(codecs, memory));
    HlsRun run = new HlsRun(id, target, store);
    target.addSink(run.sink(), new OwnMemorySink(sink, memory));
    return run;
  }

  String id() {
    return id;
  }

  private String sink() {
    return SINK_PREFIX + id;
  }

  HlsStore store() {
    return store;
  }

  /** Somebody asks for it, at that time. */
  void asked(long nanos) {
    askedNanos = nanos;
  }

  long askedNanos() {
    return askedNanos;
  }

  /** How it is with its sink. */
  SinkStatistics.State state() {
    if (stopped) {
      return SinkStatistics.State.STOPPED;
    }
    return target.sinks().stream()
        .filter(sink -> sink.name().equals(sink()))
        .map(SinkStatistics::state)
        .findFirst()
        .orElse(SinkStatistics.State.STOPPED);
  }

  boolean isRunning() {
    return state() == SinkStatistics.State.RUNNING;
  }

  /** Takes its sink out of the stream. Idempotent. */
  synchronized void stop() {
    if (!stopped) {
      stopped = true;
      target.removeSink(sink(), STOP_LIMIT);
    }
  }
}
