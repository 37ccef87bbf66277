package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a fragment: attributes of the session, then sections that an {@code m=} line opens.
 *
 * <p><b>Source:</b> RFC 8840 §9.
 */
final class FragmentParser {
  private FragmentParser() {}

  /**
   * @throws MalformedSdpException when the text is no fragment
   */
  static TrickleFragment parse(String text) {
    List<SdpLine> lines = SdpLine.split(text);
    if (lines.isEmpty()) {
      throw new MalformedSdpException("empty");
    }
    List<SectionBuilder> sections = new ArrayList<>();
    sections.add(SectionBuilder.session());
    for (SdpLine line : lines) {
      switch (line.type()) {
        case 'm' -> {
          if (sections.size() > SdpLimits.MAX_SECTIONS) {
            throw new MalformedSdpException("more than " + SdpLimits.MAX_SECTIONS + " sections");
          }
          sections.add(SectionBuilder.open(line.value()));
        }
        case 'a' -> sections.getLast().attribute(line);
        default -> throw new MalformedSdpException("a line that does not belong in a fragment");
      }
    }
    if (sections.stream().anyMatch(SectionBuilder::hasHalfCredentials)) {
      throw new MalformedSdpException("ice-ufrag and ice-pwd belong together");
    }
    SectionBuilder session = sections.getFirst();
    return new TrickleFragment(
        sections.stream()
            .map(
                section ->
                    new TrickleFragment.Part(
                        section.credentials().or(session::credentials), section.candidates()))
            .toList());
  }
}
