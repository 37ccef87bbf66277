package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import org.framecast.stream.transport.MediaKind;

/** What becomes of one section of an offer. */
public sealed interface PlannedSection {
  /**
   * It gets a track.
   *
   * @param feedback kinds of feedback that both sides know
   * @param parameters what the receiver said of the payload type
   */
  record Accepted(
      String mid,
      MediaKind kind,
      String protocol,
      MediaFormat format,
      int payloadType,
      List<String> feedback,
      FormatParameters parameters)
      implements PlannedSection {
    public Accepted {
      feedback = List.copyOf(feedback);
    }
  }

  /** It is answered with port 0. */
  record Rejected(String media, String protocol, List<String> formats, Optional<String> mid)
      implements PlannedSection {
    public Rejected {
      formats = List.copyOf(formats);
    }
  }
}
