package org.framecast.stream.transport.datachannel;

import org.framecast.rtc.RtcException;
import org.framecast.stream.media.MediaException;

/** The binding's failures in the words of the port. */
final class Failures {
  private Failures() {}

  static MediaException of(RtcException failure) {
    return new MediaException(
        MediaException.Code.TRANSPORT_FAILED, String.valueOf(failure.getMessage()), failure);
  }
}
