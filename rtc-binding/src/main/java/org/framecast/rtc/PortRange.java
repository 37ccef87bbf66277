package org.framecast.rtc;

/** The UDP ports that a peer may use, both ends included. */
public record PortRange(int first, int last) {
  private static final int MAX_PORT = 65_535;

  /** The library ignores a range that begins below this and ends at the last port. */
  private static final int FIRST_UNPRIVILEGED = 1_024;

  public PortRange {
    if (first < 0 || last > MAX_PORT || first > last) {
      throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
    }
    if (first > 0 && first <= FIRST_UNPRIVILEGED && last == MAX_PORT) {
      throw new IllegalArgumentException("a range up to 65535 begins above 1024");
    }
  }

  /** Any port the system gives. */
  public static PortRange any() {
    return new PortRange(0, 0);
  }

  public static PortRange single(int port) {
    return new PortRange(port, port);
  }
}
