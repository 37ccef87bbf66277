package org.framecast.stream.sink;

import java.util.Optional;
import org.framecast.stream.codec.HardwareEncoder;
import org.framecast.stream.codec.PictureTrackEncoder;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.media.MediaException;

/**
 * Opens the encoder that was asked for, and one of software where the machine does not have it,
 * which is said.
 */
record HardwareFirst(SinkTools tools, Optional<HardwareEncoder> hardware) {
  PictureTrackEncoder open(PictureTrackSettings settings) {
    return hardware.map(wanted -> open(wanted, settings)).orElseGet(() -> software(settings));
  }

  private PictureTrackEncoder open(HardwareEncoder wanted, PictureTrackSettings settings) {
    MediaException missing;
    try {
      return tools.codecs().openHardwareTrackEncoder(wanted, settings, tools.buffers());
    } catch (MediaException e) {
      missing = e;
    }
    try {
      PictureTrackEncoder instead = software(settings);
      tools
          .announcer()
          .announce(settings.codec().title() + " is encoded by software: " + missing.getMessage());
      return instead;
    } catch (MediaException e) {
      missing.addSuppressed(e);
      throw new MediaException(
          e.code(), missing.getMessage() + "; instead of it: " + e.getMessage(), missing);
    }
  }

  private PictureTrackEncoder software(PictureTrackSettings settings) {
    return tools.codecs().openPictureTrackEncoder(settings, tools.buffers());
  }
}
