package org.framecast.stream.codec;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.framecast.stream.flow.StreamSource;

/**
 * The capture devices of this machine: cameras, screens, microphones. The implementation is found
 * by {@code ServiceLoader}, and loads what it needs when it is first asked for a device.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with UNSUPPORTED where the
 * system's libraries for devices are missing; the message names the package.
 */
public interface DeviceCatalog {
  /** How devices of that kind are reached here, the usual way first; empty where there is none. */
  List<String> formats(DeviceKind kind);

  /** The devices of that kind that are there now. */
  List<DeviceInfo> list(DeviceKind kind);

  /**
   * Opens a device. What it gives is in the working format: I420, and float32 stereo at 48 kHz; its
   * times are when it was read. A device that goes away ends the source with SOURCE_FAILED.
   *
   * <p><b>Ownership:</b> the caller closes it; the close waits for a picture that is being read.
   *
   * @throws org.framecast.stream.media.MediaException with SOURCE_FAILED when it cannot be opened,
   *     UNSUPPORTED for a format that is not here
   */
  StreamSource open(DeviceRequest request, DeviceParts parts);

  /** The catalogue that is installed beside this class, if there is one. */
  static Optional<DeviceCatalog> installed() {
    return ServiceLoader.load(DeviceCatalog.class, DeviceCatalog.class.getClassLoader())
        .findFirst();
  }
}
