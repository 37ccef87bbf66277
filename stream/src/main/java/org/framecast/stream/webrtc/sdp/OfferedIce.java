package org.framecast.stream.webrtc.sdp;

import java.util.Set;

/**
 * The ICE credentials that an offer names.
 *
 * @param own of the one transport that is answered
 * @param all those of every section, also of those that are refused
 */
public record OfferedIce(IceCredentials own, Set<IceCredentials> all) {
  public OfferedIce {
    all = Set.copyOf(all);
    if (!all.contains(own)) {
      throw new IllegalArgumentException("credentials that no section has");
    }
  }
}
