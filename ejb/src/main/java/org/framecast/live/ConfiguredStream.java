package org.framecast.live;

import java.util.Optional;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * A stream that is always known and runs while somebody watches, or a sink takes it, as a recording
 * does: its first viewer starts it, and some time after the last of both it stops.
 *
 * <p><b>Thread:</b> any.
 */
public interface ConfiguredStream extends AutoCloseable {
  /** Its public name. */
  String name();

  /** What it is, as the list of streams says: its kind. */
  String kind();

  /** What it sends; known before it runs. */
  StreamFormats formats();

  /** Starts it, unless it runs; anew when it has failed. A viewer is about to come. */
  FanOut demand();

  /** Where its viewers are, while it runs. */
  Optional<FanOut> fanOut();

  /** The numbers of the last second, while it runs. */
  Optional<StreamStats> stats();

  /** Where sinks can be added, while it runs. */
  Optional<Recordable> recordable();

  /** Stops it when nobody has wanted it for the time that is configured; called every second. */
  void tick();

  /** Stops it. Idempotent; it may be demanded again. */
  @Override
  void close();
}
