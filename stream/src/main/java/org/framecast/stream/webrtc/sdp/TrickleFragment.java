package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;

/**
 * Candidates that arrived after the offer.
 *
 * @param parts the session's part, then the sections
 *     <p><b>Source:</b> RFC 8840 §9.
 */
public record TrickleFragment(List<Part> parts) {
  /**
   * The session's part, or one section.
   *
   * @param ice the credentials that its candidates belong to, when it or the session's part names
   *     them
   */
  public record Part(Optional<IceCredentials> ice, List<IceCandidate> candidates) {
    public Part {
      candidates = List.copyOf(candidates);
    }
  }

  /** What a text turned out to be. */
  public sealed interface Result {
    /** It is a fragment; candidates of no use are left out of it. */
    record Parsed(TrickleFragment fragment) implements Result {}

    /**
     * It is none.
     *
     * @param reason words of ours, without any of the text
     */
    record Malformed(String reason) implements Result {}
  }

  public TrickleFragment {
    parts = List.copyOf(parts);
  }

  /** Whether any credentials are others than the offer's: the other side wants an ICE restart. */
  public boolean restarts(OfferedIce offered) {
    return parts.stream()
        .flatMap(part -> part.ice().stream())
        .anyMatch(named -> !offered.all().contains(named));
  }

  /** The candidates of the transport that was answered. */
  public List<IceCandidate> candidates(OfferedIce offered) {
    return parts.stream()
        .filter(part -> part.ice().filter(named -> !named.equals(offered.own())).isEmpty())
        .flatMap(part -> part.candidates().stream())
        .distinct()
        .limit(SdpLimits.MAX_USED_CANDIDATES)
        .toList();
  }

  /** Never throws for any text. */
  public static Result read(String text) {
    try {
      return new Result.Parsed(FragmentParser.parse(text));
    } catch (MalformedSdpException e) {
      return new Result.Malformed(e.reason());
    }
  }
}
