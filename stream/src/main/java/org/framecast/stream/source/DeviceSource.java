package org.framecast.stream.source;

import org.framecast.stream.codec.DeviceCatalog;
import org.framecast.stream.codec.DeviceParts;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.PtpClient;
import org.framecast.stream.time.SystemClockPtpClient;
import org.framecast.stream.time.WallClock;
import org.jspecify.annotations.Nullable;

/**
 * A device of the catalogue as a source. A device that goes away ends it with SOURCE_FAILED.
 *
 * <p><b>Units:</b> times are when it was read, on the stream's clock.
 */
abstract sealed class DeviceSource implements StreamSource
    permits WebcamSource, ScreenCaptureSource, AudioSource {
  private final StreamSource device;
  private final PtpClient ptp;

  DeviceSource(String sourceId, DeviceRequest request, ComponentContext context) {
    DeviceCatalog catalog =
        context
            .find(DeviceCatalog.class)
            .or(DeviceCatalog::installed)
            .orElseThrow(
                () ->
                    new MediaException(
                        MediaException.Code.UNSUPPORTED, "no catalogue of devices is here"));
    ptp =
        context.find(PtpClient.class).orElseGet(() -> new SystemClockPtpClient(WallClock.system()));
    device =
        catalog.open(
            request,
            new DeviceParts(
                sourceId,
                Needs.of(context, FramePool.class),
                Needs.of(context, BufferPool.class),
                Needs.of(context, MediaClock.class)));
  }

  @Override
  public MediaInfo info() {
    return device.info();
  }

  @Override
  public @Nullable MediaItem next() throws InterruptedException {
    MediaItem item = device.next();
    return item instanceof TimestampedFrame frame ? ptp.stamp(frame) : item;
  }

  @Override
  public void close() {
    device.close();
  }
}
