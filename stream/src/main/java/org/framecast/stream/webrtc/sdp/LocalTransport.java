package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;

/**
 * Our side of the transport, read from the text that the library made.
 *
 * @param role what the library said of the handshake
 */
public record LocalTransport(
    IceCredentials ice, Fingerprint fingerprint, SetupRole role, List<IceCandidate> candidates) {
  public LocalTransport {
    candidates = List.copyOf(candidates);
  }

  /** Empty when the text lacks something, which would be a fault of the library. */
  public static Optional<LocalTransport> read(String description) {
    SessionDescription parsed;
    try {
      parsed = SdpParser.parse(description);
    } catch (MalformedSdpException e) {
      return Optional.empty();
    }
    List<IceCandidate> candidates =
        parsed.sections().stream().flatMap(s -> s.candidates().stream()).distinct().toList();
    return parsed.sections().stream()
        .filter(s -> s.ice().isPresent() && s.fingerprint().isPresent() && s.setup().isPresent())
        .findFirst()
        .map(
            s ->
                new LocalTransport(
                    s.ice().orElseThrow(),
                    s.fingerprint().orElseThrow(),
                    s.setup().orElseThrow(),
                    candidates));
  }
}
