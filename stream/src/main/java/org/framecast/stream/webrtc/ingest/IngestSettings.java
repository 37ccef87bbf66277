package org.framecast.stream.webrtc.ingest;

import java.time.Duration;

/**
 * How a publisher's media is received.
 *
 * @param bitrateCeilingBps what the publisher is told that it may send, both tracks together
 * @param maxUnitBytes a larger access unit is dropped
 * @param inboxPackets that may wait for the reading thread
 * @param keyframeInterval from one request for a keyframe to the next
 * @param reportInterval from one receiver report to the next
 * @param maxAsksPerSecond packets that are asked for again
 */
public record IngestSettings(
    ReorderLimits reorder,
    long bitrateCeilingBps,
    int maxUnitBytes,
    int inboxPackets,
    Duration keyframeInterval,
    Duration reportInterval,
    int maxAsksPerSecond) {
  public IngestSettings {
    if (bitrateCeilingBps < 10_000 || maxUnitBytes < 1_024 || inboxPackets < 16) {
      throw new IllegalArgumentException(
          bitrateCeilingBps + " bit/s, " + maxUnitBytes + " bytes, " + inboxPackets + " packets");
    }
  }

  /** 6 Mb/s, units of at most 4 MiB, a keyframe at most every half second, reports every second. */
  public static IngestSettings defaults() {
    return new IngestSettings(
        ReorderLimits.defaults(),
        6_000_000,
        4 << 20,
        1_024,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        400);
  }

  /** The same with another ceiling and another reorder window. */
  public IngestSettings with(long ceilingBps, ReorderLimits limits) {
    return new IngestSettings(
        limits,
        ceilingBps,
        maxUnitBytes,
        inboxPackets,
        keyframeInterval,
        reportInterval,
        maxAsksPerSecond);
  }
}
