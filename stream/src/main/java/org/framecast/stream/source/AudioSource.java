package org.framecast.stream.source;

import org.framecast.stream.codec.CaptureShape;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.flow.ComponentContext;

/** A microphone or another sound input of this machine. */
public final class AudioSource extends DeviceSource {
  /**
   * Opens the device.
   *
   * @throws org.framecast.stream.media.MediaException with SOURCE_FAILED or UNSUPPORTED when that
   *     cannot be done here
   */
  public AudioSource(AudioSourceOptions options, ComponentContext context) {
    super(AudioSourceProvider.NAME, request(options), context);
  }

  private static DeviceRequest request(AudioSourceOptions options) {
    return new DeviceRequest(
        DeviceKind.AUDIO, options.format(), options.device(), CaptureShape.ANY);
  }
}
