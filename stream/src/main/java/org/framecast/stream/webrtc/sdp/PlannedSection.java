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
   * @param parameters what the offerer said of the payload type
   * @param ssrcs those that the offerer sends by, as 32 bits
   * @param sendTimeId of the header extension for the time of sending, 0 when it is not sent
   */
  record Accepted(
      String mid,
      MediaKind kind,
      String protocol,
      MediaFormat format,
      int payloadType,
      List<String> feedback,
      FormatParameters parameters,
      List<Integer> ssrcs,
      int sendTimeId)
      implements PlannedSection {
    public Accepted {
      feedback = List.copyOf(feedback);
      ssrcs = List.copyOf(ssrcs);
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
