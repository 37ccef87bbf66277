package org.framecast.stream.webrtc.ingest;

import java.time.Duration;

/**
 * How long missing packets are waited for, and how often they are asked for.
 *
 * @param packets that may wait behind one that is missing
 * @param patience how long a missing packet is waited for
 * @param firstAsk how late a packet may be before it is asked for
 * @param askAgain from one request for a packet to the next
 * @param maxAsks requests for one packet
 */
public record ReorderLimits(
    int packets, Duration patience, Duration firstAsk, Duration askAgain, int maxAsks) {
  public ReorderLimits {
    if (packets < 16 || packets > 8_192) {
      throw new IllegalArgumentException("a window of " + packets + " packets");
    }
    if (patience.isNegative() || firstAsk.isNegative() || askAgain.isNegative() || maxAsks < 0) {
      throw new IllegalArgumentException("a negative limit");
    }
  }

  /** Half a second and 512 packets: 5 Mb/s; four requests, the first after 10 ms. */
  public static ReorderLimits defaults() {
    return new ReorderLimits(
        512, Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMillis(80), 4);
  }

  /** The same with another window. */
  public ReorderLimits within(int morePackets, Duration morePatience) {
    return new ReorderLimits(morePackets, morePatience, firstAsk, askAgain, maxAsks);
  }
}
