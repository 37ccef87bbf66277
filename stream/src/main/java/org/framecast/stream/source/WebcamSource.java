package org.framecast.stream.source;

import org.framecast.stream.codec.CaptureShape;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.flow.ComponentContext;

/** A camera of this machine. */
public final class WebcamSource extends DeviceSource {
  /**
   * Opens the device.
   *
   * @throws org.framecast.stream.media.MediaException with SOURCE_FAILED or UNSUPPORTED when that
   *     cannot be done here
   */
  public WebcamSource(WebcamOptions options, ComponentContext context) {
    super(WebcamSourceProvider.NAME, request(options), context);
  }

  private static DeviceRequest request(WebcamOptions options) {
    return new DeviceRequest(
        DeviceKind.WEBCAM,
        options.format(),
        options.device(),
        new CaptureShape(options.width(), options.height(), 0, 0, options.rate()));
  }
}
