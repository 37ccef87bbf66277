package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A parsed SDP text, as far as it is used here.
 *
 * @param bundles the mids of each BUNDLE group
 */
public record SessionDescription(List<List<String>> bundles, List<MediaSection> sections) {
  public SessionDescription {
    bundles = bundles.stream().map(List::copyOf).toList();
    sections = List.copyOf(sections);
  }

  /** The group that the mid is in. */
  Optional<List<String>> bundleOf(String mid) {
    return bundles.stream().filter(group -> group.contains(mid)).findFirst();
  }
}
