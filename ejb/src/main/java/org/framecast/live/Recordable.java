package org.framecast.live;

import java.time.Duration;
import java.util.List;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.pipeline.SinkStatistics;

/**
 * A live stream whose pictures and sound can go into sinks beside its viewers.
 *
 * <p><b>Thread:</b> any.
 */
public interface Recordable {
  /** The name of the sink that a recording is. */
  String RECORDING = "recording";

  /** The name of the sink that keeps the latest picture. */
  String PREVIEW = "preview";

  /**
   * Adds a sink; it gets what comes through the layers from now on. The end of the stream completes
   * it.
   *
   * <p><b>Ownership:</b> the sink is the stream's, also when this throws.
   *
   * @throws IllegalArgumentException when there is one of that name
   * @throws IllegalStateException after the end of the stream
   */
  void addSink(String name, StreamSink sink);

  /**
   * Completes a sink and lets it go; the stream goes on.
   *
   * @return whether it was there, and is complete in time
   */
  boolean removeSink(String name, Duration limit);

  /**
   * Completes a sink, which stays among the numbers; the stream goes on.
   *
   * @return whether it was there, and is complete in time
   */
  boolean completeSink(String name, Duration limit);

  /** The numbers of the sinks. */
  List<SinkStatistics> sinks();
}
