package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.transport.MediaKind;

/**
 * Decides what of a viewer's offer is answered.
 *
 * <p>The first section of each kind that fits gets a track; every other section is refused and does
 * not disturb the rest. All tracks share one transport.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 8829 §5.3.1, RFC 9143 §7.3, draft-ietf-wish-whep §4.2.
 */
public final class OfferReader {
  private static final Set<String> PROTOCOLS =
      Set.of("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF", "RTP/SAVP");
  private static final List<String> VIDEO_FEEDBACK =
      List.of("nack", "nack pli", "ccm fir", "goog-remb");

  private OfferReader() {}

  /** Never throws for any text. */
  public static OfferResult read(String text, StreamFormats formats) {
    SessionDescription description;
    try {
      description = SdpParser.parse(text);
    } catch (MalformedSdpException e) {
      return new OfferResult.Malformed(e.reason());
    }
    return plan(description, formats);
  }

  private static OfferResult plan(SessionDescription description, StreamFormats formats) {
    for (MediaSection section : description.sections()) {
      if (section.isLive()
          && kind(section).isPresent()
          && (section.direction() == MediaDirection.SENDONLY
              || section.direction() == MediaDirection.INACTIVE)) {
        return new OfferResult.Unusable("a section does not want to receive");
      }
    }
    Optional<MediaSection> video = choose(description, formats, MediaKind.VIDEO, Optional.empty());
    if (video.isEmpty() && !formats.video().isEmpty() && offers(description, MediaKind.VIDEO)) {
      return new OfferResult.Unusable("no video section with a codec of this stream");
    }
    Optional<MediaSection> audio = choose(description, formats, MediaKind.AUDIO, video);
    List<MediaSection> chosen = new ArrayList<>();
    for (MediaSection section : description.sections()) {
      if (video.filter(v -> v == section).isPresent()
          || audio.filter(a -> a == section).isPresent()) {
        chosen.add(section);
      }
    }
    if (chosen.isEmpty()) {
      return new OfferResult.Unusable("no section with a codec of this stream");
    }
    return withTransport(description, chosen, formats);
  }

  private static OfferResult withTransport(
      SessionDescription description, List<MediaSection> chosen, StreamFormats formats) {
    List<MediaSection> transport = transportSections(description, chosen);
    Optional<IceCredentials> ice =
        transport.stream().flatMap(section -> section.ice().stream()).findFirst();
    Optional<Fingerprint> fingerprint =
        transport.stream().flatMap(section -> section.fingerprint().stream()).findFirst();
    SetupRole role =
        transport.stream()
            .flatMap(section -> section.setup().stream())
            .findFirst()
            .orElse(SetupRole.ACTIVE);
    if (ice.isEmpty()) {
      return new OfferResult.Unusable("no ICE credentials");
    }
    if (fingerprint.isEmpty()) {
      return new OfferResult.Unusable("no fingerprint by SHA-256 or better");
    }
    if (role == SetupRole.HOLDCONN) {
      return new OfferResult.Unusable("setup:holdconn");
    }
    List<IceCandidate> candidates =
        transport.stream()
            .filter(section -> section.ice().equals(ice))
            .flatMap(section -> section.candidates().stream())
            .distinct()
            .limit(SdpLimits.MAX_USED_CANDIDATES)
            .toList();
    return new OfferResult.Usable(
        new Offer(
            description.sections().stream()
                .map(section -> planned(section, chosen, formats))
                .toList(),
            ice.get(),
            fingerprint.get(),
            role,
            chosen.stream().allMatch(section -> isBundled(description, section))
                ? Offer.Bundle.GROUPED
                : Offer.Bundle.NONE,
            candidates));
  }

  /** The chosen sections first, then the others of their bundle, which may speak for them. */
  private static List<MediaSection> transportSections(
      SessionDescription description, List<MediaSection> chosen) {
    List<MediaSection> sections = new ArrayList<>(chosen);
    description.sections().stream()
        .filter(section -> !sections.contains(section))
        .filter(section -> sameTransport(description, chosen.get(0), section))
        .forEach(sections::add);
    return sections;
  }

  private static PlannedSection planned(
      MediaSection section, List<MediaSection> chosen, StreamFormats formats) {
    Optional<MediaKind> kind = kind(section);
    if (chosen.stream().noneMatch(c -> c == section) || kind.isEmpty()) {
      return new PlannedSection.Rejected(
          section.media(), section.protocol(), section.formats(), section.mid());
    }
    Match match = match(section, formats.of(kind.get())).orElseThrow();
    int payloadType = match.payloadType();
    return new PlannedSection.Accepted(
        section.mid().orElseThrow(),
        kind.get(),
        section.protocol(),
        match.format(),
        payloadType,
        feedback(section, payloadType),
        parameters(section, payloadType));
  }

  private static Optional<MediaSection> choose(
      SessionDescription description,
      StreamFormats formats,
      MediaKind kind,
      Optional<MediaSection> partner) {
    return description.sections().stream()
        .filter(section -> kind(section).filter(k -> k == kind).isPresent())
        .filter(MediaSection::isLive)
        .filter(section -> section.mid().isPresent())
        .filter(section -> PROTOCOLS.contains(section.protocol()))
        .filter(section -> section.flags().contains(MediaSection.Flag.RTCP_MUX))
        .filter(section -> match(section, formats.of(kind)).isPresent())
        .filter(section -> partner.isEmpty() || sameTransport(description, partner.get(), section))
        .findFirst();
  }

  private static boolean offers(SessionDescription description, MediaKind kind) {
    return description.sections().stream()
        .anyMatch(s -> s.isLive() && kind(s).filter(k -> k == kind).isPresent());
  }

  private static boolean isBundled(SessionDescription description, MediaSection section) {
    return section.mid().flatMap(description::bundleOf).isPresent();
  }

  private static boolean sameTransport(
      SessionDescription description, MediaSection one, MediaSection other) {
    return one.mid()
        .flatMap(description::bundleOf)
        .filter(group -> other.mid().filter(group::contains).isPresent())
        .isPresent();
  }

  private static Optional<MediaKind> kind(MediaSection section) {
    return switch (section.media()) {
      case "audio" -> Optional.of(MediaKind.AUDIO);
      case "video" -> Optional.of(MediaKind.VIDEO);
      default -> Optional.empty();
    };
  }

  private record Match(int payloadType, MediaFormat format) {}

  /** The offerer's most wanted payload type that one of the formats fits. */
  private static Optional<Match> match(MediaSection section, List<MediaFormat> formats) {
    for (String text : section.formats()) {
      int payloadType = Integer.parseInt(text);
      // RFC 5761 §4: these cannot be told from RTCP on one port.
      boolean rtcp = payloadType >= 64 && payloadType <= 95;
      if (rtcp) {
        continue;
      }
      for (MediaFormat format : formats) {
        if (fits(section, payloadType, format)) {
          return Optional.of(new Match(payloadType, format));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fits(MediaSection section, int payloadType, MediaFormat format) {
    return section.rtpMaps().stream()
            .anyMatch(map -> map.payloadType() == payloadType && format.matches(map))
        && format.accepts(parameters(section, payloadType).values());
  }

  private static FormatParameters parameters(MediaSection section, int payloadType) {
    return section.parameters().stream()
        .filter(p -> p.payloadType() == payloadType)
        .findFirst()
        .orElse(new FormatParameters(payloadType, Map.of()));
  }

  private static List<String> feedback(MediaSection section, int payloadType) {
    if (!section.media().equals("video")) {
      return List.of();
    }
    return VIDEO_FEEDBACK.stream()
        .filter(
            kind ->
                section.feedback().stream()
                    .filter(
                        f -> f.payloadType() == payloadType || f.payloadType() == RtcpFeedback.ANY)
                    .anyMatch(f -> f.kind().equals(kind)))
        .toList();
  }
}
