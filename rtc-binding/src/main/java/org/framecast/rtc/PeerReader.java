package org.framecast.rtc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.framecast.rtc.internal.NativeStrings;
import org.framecast.rtc.internal.RtcFunctions;

/** What can be read from a native peer; empty for what does not exist yet. */
record PeerReader(RtcLibrary library, int id) {
  private static final int CANDIDATE_BYTES = 512;

  Optional<SessionDescription> localDescription() {
    return description(
        (buffer, size) -> RtcFunctions.rtcGetLocalDescription(id, buffer, size),
        (buffer, size) -> RtcFunctions.rtcGetLocalDescriptionType(id, buffer, size));
  }

  Optional<SessionDescription> remoteDescription() {
    return description(
        (buffer, size) -> RtcFunctions.rtcGetRemoteDescription(id, buffer, size),
        (buffer, size) -> RtcFunctions.rtcGetRemoteDescriptionType(id, buffer, size));
  }

  Optional<String> localAddress() {
    return text((buffer, size) -> RtcFunctions.rtcGetLocalAddress(id, buffer, size));
  }

  Optional<String> remoteAddress() {
    return text((buffer, size) -> RtcFunctions.rtcGetRemoteAddress(id, buffer, size));
  }

  Optional<CandidatePair> selectedCandidatePair() {
    return library.within("Reading the candidate pair", this::readCandidatePair);
  }

  private Optional<CandidatePair> readCandidatePair() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment local = arena.allocate(CANDIDATE_BYTES);
      MemorySegment remote = arena.allocate(CANDIDATE_BYTES);
      int result =
          RtcFunctions.rtcGetSelectedCandidatePair(
              id, local.address(), CANDIDATE_BYTES, remote.address(), CANDIDATE_BYTES);
      return result < 0
          ? Optional.empty()
          : Optional.of(new CandidatePair(local.getString(0), remote.getString(0)));
    }
  }

  private Optional<String> text(NativeStrings.Reader reader) {
    return library.within("Reading a peer", () -> NativeStrings.read(reader).text());
  }

  private Optional<SessionDescription> description(
      NativeStrings.Reader sdp, NativeStrings.Reader type) {
    return text(sdp)
        .flatMap(it -> text(type).map(kind -> new SessionDescription(SdpType.parse(kind), it)));
  }
}
