package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads an SDP text within the {@link SdpLimits}.
 *
 * <p><b>Source:</b> RFC 8866 §5, RFC 8829 §5.8.
 */
final class SdpParser {
  private final SectionBuilder session = SectionBuilder.session();
  private final List<SectionBuilder> sections = new ArrayList<>();
  private final List<List<String>> bundles = new ArrayList<>();
  private SectionBuilder current = session;

  private SdpParser() {}

  /**
   * @throws MalformedSdpException when the text is no SDP
   */
  static SessionDescription parse(String text) {
    List<SdpLine> lines = SdpLine.split(text);
    if (lines.size() < 4 || !lines.get(0).equals(new SdpLine('v', "0"))) {
      throw new MalformedSdpException("does not begin with v=0");
    }
    SdpParser parser = new SdpParser();
    Set<Character> seen = new HashSet<>();
    for (SdpLine line : lines) {
      if (parser.sections.isEmpty()) {
        seen.add(line.type());
      }
      parser.line(line);
    }
    if (!seen.containsAll(Set.of('o', 's', 't'))) {
      throw new MalformedSdpException("lacks o=, s= or t=");
    }
    return parser.build();
  }

  private void line(SdpLine line) {
    switch (line.type()) {
      case 'm' -> {
        if (sections.size() == SdpLimits.MAX_SECTIONS) {
          throw new MalformedSdpException("more than " + SdpLimits.MAX_SECTIONS + " sections");
        }
        current = SectionBuilder.open(line.value());
        sections.add(current);
      }
      case 'a' -> {
        if (current == session && line.attributeName().equals("group")) {
          group(line.attributeValue());
        } else {
          current.attribute(line);
        }
      }
      default -> {
        // Times, bandwidths, addresses and keys mean nothing to a peer connection.
      }
    }
  }

  private void group(String value) {
    List<String> words = SdpText.words(value);
    if (words.isEmpty() || words.size() > 1 + SdpLimits.MAX_SECTIONS) {
      throw new MalformedSdpException("group");
    }
    if (words.get(0).equals("BUNDLE")) {
      List<String> mids = words.subList(1, words.size());
      mids.forEach(mid -> SdpText.token(mid, SdpLimits.MAX_MID_CHARACTERS, "group"));
      bundles.add(mids);
    }
  }

  private SessionDescription build() {
    List<MediaSection> built = sections.stream().map(section -> section.build(session)).toList();
    Set<String> mids = new HashSet<>();
    for (MediaSection section : built) {
      if (section.mid().isPresent() && !mids.add(section.mid().get())) {
        throw new MalformedSdpException("two sections with the same mid");
      }
    }
    return new SessionDescription(bundles, built);
  }
}
