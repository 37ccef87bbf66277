package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code m=} section, as far as it is used here. What may stand in the session's part as well
 * is already filled in from there.
 *
 * @param media the media type as in the text
 * @param formats payload types, or tokens of another protocol
 * @param extensions header extensions by their identifier
 * @param ssrcs of the senders that it names, as 32 bits
 */
public record MediaSection(
    String media,
    int port,
    String protocol,
    List<String> formats,
    Optional<String> mid,
    MediaDirection direction,
    Optional<IceCredentials> ice,
    Optional<Fingerprint> fingerprint,
    Optional<SetupRole> setup,
    Set<Flag> flags,
    List<RtpMap> rtpMaps,
    List<FormatParameters> parameters,
    List<RtcpFeedback> feedback,
    List<HeaderExtension> extensions,
    List<IceCandidate> candidates,
    List<Integer> ssrcs) {
  /** Attributes without a value. */
  public enum Flag {
    RTCP_MUX("rtcp-mux"),
    RTCP_MUX_ONLY("rtcp-mux-only"),
    BUNDLE_ONLY("bundle-only"),
    END_OF_CANDIDATES("end-of-candidates");

    private final String sdpName;

    Flag(String sdpName) {
      this.sdpName = sdpName;
    }

    static Optional<Flag> ofAttribute(String name) {
      for (Flag flag : values()) {
        if (flag.sdpName.equals(name)) {
          return Optional.of(flag);
        }
      }
      return Optional.empty();
    }
  }

  public MediaSection {
    formats = List.copyOf(formats);
    flags = Set.copyOf(flags);
    rtpMaps = List.copyOf(rtpMaps);
    parameters = List.copyOf(parameters);
    feedback = List.copyOf(feedback);
    extensions = List.copyOf(extensions);
    candidates = List.copyOf(candidates);
    ssrcs = List.copyOf(ssrcs);
  }

  /** Whether the section is offered, not refused by its own author. */
  boolean isLive() {
    return port != 0 || flags.contains(Flag.BUNDLE_ONLY);
  }
}
