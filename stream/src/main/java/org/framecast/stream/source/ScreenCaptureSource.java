package org.framecast.stream.source;

import org.framecast.stream.codec.CaptureShape;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.flow.ComponentContext;

/** A screen of this machine, or a part of it; the pointer is in the picture. */
public final class ScreenCaptureSource extends DeviceSource {
  /**
   * Opens the device.
   *
   * @throws org.framecast.stream.media.MediaException with SOURCE_FAILED or UNSUPPORTED when that
   *     cannot be done here
   */
  public ScreenCaptureSource(ScreenCaptureOptions options, ComponentContext context) {
    super(ScreenCaptureSourceProvider.NAME, request(options), context);
  }

  private static DeviceRequest request(ScreenCaptureOptions options) {
    return new DeviceRequest(
        DeviceKind.SCREEN,
        options.format(),
        options.device(),
        new CaptureShape(
            options.width(), options.height(), options.x(), options.y(), options.rate()));
  }
}
