package org.framecast.stream.pipeline;

import java.util.List;

/**
 * A stream's numbers at one moment.
 *
 * @param pictures rates, latencies and drops, as of every pipeline
 * @param soundBlocks that came in since the start
 */
public record StreamStatistics(
    StatisticsSnapshot pictures, long soundBlocks, List<SinkStatistics> sinks) {
  public StreamStatistics {
    sinks = List.copyOf(sinks);
  }
}
