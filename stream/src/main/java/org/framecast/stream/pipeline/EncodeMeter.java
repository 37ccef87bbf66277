package org.framecast.stream.pipeline;

import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;

/**
 * Counts what one encode makes.
 *
 * <p><b>Thread:</b> written by its loop, read by any.
 */
final class EncodeMeter {
  private static final long WINDOW_NANOS = 2_000_000_000L;

  private record Target(int width, int height, int bps) {}

  private final MediaClock clock;
  private final SampleWindow units = new SampleWindow();
  private volatile Target target = new Target(0, 0, 0);

  EncodeMeter(MediaClock clock) {
    this.clock = clock;
  }

  void opened(VideoEncoderSettings settings) {
    target = new Target(settings.width(), settings.height(), settings.bitrateBps());
  }

  void unit(int bytes) {
    units.add(clock.nanos(), bytes);
  }

  EncodeSnapshot snapshot(Rendition rendition, long dropped) {
    long now = clock.nanos();
    Target current = target;
    return new EncodeSnapshot(
        rendition,
        current.width(),
        current.height(),
        current.bps(),
        Math.round(8 * units.sumPerSecond(now, WINDOW_NANOS)),
        units.perSecond(now, WINDOW_NANOS),
        units.count(),
        dropped);
  }
}
