package org.framecast.stream.time;

import java.util.OptionalLong;
import org.framecast.stream.media.TimestampedFrame;

/**
 * The network's common clock, by which pictures of several machines are known to be of one moment.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> IEEE 1588-2019; its times are TAI.
 */
public interface PtpClient {
  /** What it knows of the common clock. */
  PtpStatus status();

  /**
   * A moment of the data plane's clock as time of the common clock.
   *
   * @return empty unless the client is synchronised
   */
  OptionalLong ptpNanos(long mediaNanos);

  /** Says in the frame when it was made on the common clock, if that is known. */
  default TimestampedFrame stamp(TimestampedFrame frame) {
    ptpNanos(frame.captureNanos()).ifPresent(frame::ptpNanos);
    return frame;
  }
}
