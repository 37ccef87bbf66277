package org.framecast.stream.transport;

/** Which UDP ports peer connections use. */
public sealed interface UdpPorts {
  /** One port for all. */
  record Single(int port) implements UdpPorts {
    public Single {
      check(port);
    }
  }

  /** A port of its own for each peer, from this range, both ends included. */
  record Range(int first, int last) implements UdpPorts {
    public Range {
      check(first);
      check(last);
      if (first > last) {
        throw new IllegalArgumentException(first + "-" + last);
      }
    }
  }

  /** A port of its own for each peer, chosen by the system. */
  record Ephemeral() implements UdpPorts {}

  private static void check(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("UDP port " + port);
    }
  }
}
