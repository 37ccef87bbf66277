package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;

/**
 * Candidates that arrived after the offer.
 *
 * @param ice the credentials that they belong to, when the fragment names them
 *     <p><b>Source:</b> RFC 8840 §9.
 */
public record TrickleFragment(Optional<IceCredentials> ice, List<IceCandidate> candidates) {
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
    candidates = List.copyOf(candidates);
  }

  /** Whether the credentials are other ones: the viewer wants an ICE restart. */
  public boolean restarts(IceCredentials current) {
    return ice.filter(named -> !named.equals(current)).isPresent();
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
