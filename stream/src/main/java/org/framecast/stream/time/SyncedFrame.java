package org.framecast.stream.time;

import java.util.List;
import org.framecast.stream.media.TimestampedFrame;

/**
 * One frame of each source, of one moment.
 *
 * <p><b>Ownership:</b> owns its frames and closes all of them.
 *
 * @param frames in the order of the sources
 * @param largestOffsetNanos from the earliest of them to the latest
 */
public record SyncedFrame(List<TimestampedFrame> frames, long largestOffsetNanos)
    implements AutoCloseable {
  public SyncedFrame {
    frames = List.copyOf(frames);
  }

  @Override
  public void close() {
    frames.forEach(TimestampedFrame::close);
  }
}
