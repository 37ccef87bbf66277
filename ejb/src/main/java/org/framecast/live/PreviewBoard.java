package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.stream.flow.LatestPictures;
import org.framecast.stream.flow.PictureBoard;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * The latest picture of each stream that somebody wants to see in small: in a thumbnail, or as a
 * picture in another picture. Who asks for one makes it wanted; a stream that nobody asks for keeps
 * none.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class PreviewBoard implements LatestPictures {
  private final PictureBoard pictures = new PictureBoard();
  private final Map<String, Demand> demands = new ConcurrentHashMap<>();
  private final MediaClock clock;

  /** When a stream's picture was asked for last. */
  private static final class Demand {
    private volatile long askedNanos;
  }

  @Inject
  public PreviewBoard(MediaClock clock) {
    this.clock = clock;
  }

  @Override
  public @Nullable VideoFrame latest(String stream) {
    want(stream);
    return pictures.latest(stream);
  }

  /** Somebody asks for this stream's pictures. */
  public void want(String stream) {
    Demand demand = demands.get(stream);
    if (demand == null) {
      demand = demands.computeIfAbsent(stream, name -> new Demand());
    }
    demand.askedNanos = clock.nanos();
  }

  /**
   * Streams whose pictures are asked for; those that nobody has asked for so long are forgotten.
   */
  public Set<String> wanted(Duration linger) {
    long now = clock.nanos();
    demands.values().removeIf(demand -> now - demand.askedNanos > linger.toNanos());
    return Set.copyOf(demands.keySet());
  }

  /**
   * A sink that keeps the stream's latest picture here.
   *
   * @throws IllegalArgumentException when there is one
   */
  public StreamSink sink(String stream) {
    return pictures.sink(stream);
  }
}
