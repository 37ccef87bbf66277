package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.framecast.stream.transport.MediaKind;

/**
 * An offer that can be answered, reduced to what the answer needs.
 *
 * @param sections in the order of the offer
 * @param role what the offerer said of the DTLS handshake
 * @param candidates those that are handed on
 * @param side what the offerer wants
 */
public record Offer(
    List<PlannedSection> sections,
    OfferedIce ice,
    Fingerprint fingerprint,
    SetupRole role,
    Bundle bundle,
    List<IceCandidate> candidates,
    Side side) {
  /** What the offerer wants. */
  public enum Side {
    /** To be sent the stream. */
    VIEWER,
    /** To send it. */
    PUBLISHER
  }

  /** Whether the offer had a BUNDLE group. */
  public enum Bundle {
    GROUPED,
    NONE
  }

  public Offer {
    sections = List.copyOf(sections);
    candidates = List.copyOf(candidates);
  }

  /** The sections that get a track; at least one. */
  public List<PlannedSection.Accepted> accepted() {
    List<PlannedSection.Accepted> accepted = new ArrayList<>();
    for (PlannedSection section : sections) {
      if (section instanceof PlannedSection.Accepted one) {
        accepted.add(one);
      }
    }
    return accepted;
  }

  /** The section of that kind, if it was offered and is sent. */
  public Optional<PlannedSection.Accepted> accepted(MediaKind kind) {
    return accepted().stream().filter(section -> section.kind() == kind).findFirst();
  }
}
