package org.framecast.stream.transport;

import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;
import org.framecast.stream.media.MediaException;

/**
 * Opens a {@link PeerTransport}. Found by {@code ServiceLoader}.
 *
 * <p><b>Thread:</b> any.
 */
public interface PeerTransportProvider {
  /** The technology behind it. */
  String name();

  /**
   * Loads the native library and prepares it.
   *
   * <p><b>Ownership:</b> the caller closes the transport.
   *
   * @param threads makes the few threads that are not the library's own
   * @throws MediaException with TRANSPORT_FAILED when the library is missing or of another version
   */
  PeerTransport open(PeerTransportSettings settings, ThreadFactory threads);

  /**
   * The provider that is installed.
   *
   * @throws MediaException with UNSUPPORTED when there is none
   */
  static PeerTransportProvider installed() {
    return ServiceLoader.load(
            PeerTransportProvider.class, PeerTransportProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.UNSUPPORTED, "no transport for peer connections"));
  }
}
