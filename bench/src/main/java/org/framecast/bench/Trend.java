package org.framecast.bench;

import java.util.List;

/** How something grows over a long run. */
final class Trend {
  private Trend() {}

  /** A value at a time. */
  record Point(double time, double value) {}

  /** The slope of the least-squares line, without the first third, in which the JVM warms up. */
  static double slope(List<Point> points) {
    List<Point> late = points.subList(points.size() / 3, points.size());
    double meanX = late.stream().mapToDouble(Point::time).average().orElse(0);
    double meanY = late.stream().mapToDouble(Point::value).average().orElse(0);
    double above = 0;
    double below = 0;
    for (Point point : late) {
      above += (point.time() - meanX) * (point.value() - meanY);
      below += (point.time() - meanX) * (point.time() - meanX);
    }
    return below == 0 ? 0 : above / below;
  }
}
