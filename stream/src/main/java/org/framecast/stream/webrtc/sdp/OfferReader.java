package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;

/**
 * Decides what of an offer is answered.
 *
 * <p>The first section of each kind that fits gets a track; every other section is refused and does
 * not disturb the rest. All tracks share one transport. A publisher may offer one section of each
 * kind alone: with more, nobody could say which one it meant.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 8829 §5.3.1, RFC 9143 §7.3, draft-ietf-wish-whep §4.2, RFC 9725 §4.4.
 */
public final class OfferReader {
  private static final Set<String> PROTOCOLS =
      Set.of("UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF", "RTP/SAVP");
  private static final List<String> VIDEO_FEEDBACK =
      List.of("nack", "nack pli", "ccm fir", "goog-remb");

  private OfferReader() {}

  /** Reads a viewer's offer. Never throws for any text. */
  public static OfferResult read(String text, StreamFormats formats) {
    return read(text, new OfferRules.OfViewer(formats));
  }

  /**
   * Reads a publisher's offer. Never throws for any text.
   *
   * @param decodable what can be taken
   */
  public static OfferResult readPublisher(String text, Set<Codec> decodable) {
    return read(text, new OfferRules.OfPublisher(decodable));
  }

  private static OfferResult read(String text, OfferRules rules) {
    SessionDescription description;
    try {
      description = SdpParser.parse(text);
    } catch (MalformedSdpException e) {
      return new OfferResult.Malformed(e.reason());
    }
    return plan(description, rules);
  }

  private static OfferResult plan(SessionDescription description, OfferRules rules) {
    List<MediaSection> live =
        description.sections().stream().filter(s -> s.isLive() && kind(s).isPresent()).toList();
    Optional<String> refusal = rules.refusal(live);
    if (refusal.isPresent()) {
      return new OfferResult.Unusable(refusal.get());
    }
    Optional<MediaSection> video = choose(description, rules, MediaKind.VIDEO, Optional.empty());
    if (video.isEmpty() && rules.wants(MediaKind.VIDEO) && offers(description, MediaKind.VIDEO)) {
      return new OfferResult.Unusable("no video section with a codec of this stream");
    }
    Optional<MediaSection> audio = choose(description, rules, MediaKind.AUDIO, video);
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
    if (rules.side() == Offer.Side.PUBLISHER && chosen.size() > 1 && !areToldApart(chosen)) {
      return new OfferResult.Unusable("a section does not name an SSRC of its own");
    }
    return withTransport(description, chosen, rules);
  }

  /** By their numbers alone are the packets of sections told apart on one transport. */
  private static boolean areToldApart(List<MediaSection> sections) {
    List<Integer> all = sections.stream().flatMap(section -> section.ssrcs().stream()).toList();
    return sections.stream().noneMatch(section -> section.ssrcs().isEmpty())
        && all.stream().distinct().count() == all.size();
  }

  private static OfferResult withTransport(
      SessionDescription description, List<MediaSection> chosen, OfferRules rules) {
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
                .map(section -> planned(section, chosen, rules))
                .toList(),
            new OfferedIce(ice.get(), credentials(description)),
            fingerprint.get(),
            role,
            chosen.stream().allMatch(section -> isBundled(description, section))
                ? Offer.Bundle.GROUPED
                : Offer.Bundle.NONE,
            candidates,
            rules.side()));
  }

  private static Set<IceCredentials> credentials(SessionDescription description) {
    return description.sections().stream()
        .flatMap(section -> section.ice().stream())
        .collect(Collectors.toSet());
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
      MediaSection section, List<MediaSection> chosen, OfferRules rules) {
    Optional<MediaKind> kind = kind(section);
    if (chosen.stream().noneMatch(c -> c == section) || kind.isEmpty()) {
      return new PlannedSection.Rejected(
          section.media(), section.protocol(), section.formats(), section.mid());
    }
    Match match = match(section, kind.get(), rules).orElseThrow();
    int payloadType = match.payloadType();
    return new PlannedSection.Accepted(
        section.mid().orElseThrow(),
        kind.get(),
        section.protocol(),
        match.format(),
        payloadType,
        feedback(section, payloadType),
        parameters(section, payloadType),
        rules.side() == Offer.Side.PUBLISHER ? section.ssrcs() : List.of(),
        rules.side() == Offer.Side.VIEWER ? sendTime(section) : 0);
  }

  /** For pictures alone, whose receivers estimate. */
  private static int sendTime(MediaSection section) {
    if (!section.media().equals("video")) {
      return 0;
    }
    return section.extensions().stream()
        .filter(HeaderExtension::isSendTime)
        .mapToInt(HeaderExtension::id)
        .findFirst()
        .orElse(0);
  }

  private static Optional<MediaSection> choose(
      SessionDescription description,
      OfferRules rules,
      MediaKind kind,
      Optional<MediaSection> partner) {
    return description.sections().stream()
        .filter(section -> kind(section).filter(k -> k == kind).isPresent())
        .filter(MediaSection::isLive)
        .filter(section -> section.mid().isPresent())
        .filter(section -> PROTOCOLS.contains(section.protocol()))
        .filter(section -> section.flags().contains(MediaSection.Flag.RTCP_MUX))
        .filter(section -> match(section, kind, rules).isPresent())
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

  /** The offerer's most wanted payload type that fits. */
  private static Optional<Match> match(MediaSection section, MediaKind kind, OfferRules rules) {
    Optional<Match> first = Optional.empty();
    for (String text : section.formats()) {
      int payloadType = Integer.parseInt(text);
      // RFC 5761 §4: these cannot be told from RTCP on one port.
      boolean rtcp = payloadType >= 64 && payloadType <= 95;
      if (rtcp) {
        continue;
      }
      Optional<Match> here = match(section, payloadType, kind, rules);
      if (here.isPresent() && first.isEmpty()) {
        first = here;
      } else if (here.isPresent() && rules.isBetter(here.get().format(), first.get().format())) {
        return here;
      }
    }
    return first;
  }

  private static Optional<Match> match(
      MediaSection section, int payloadType, MediaKind kind, OfferRules rules) {
    return section.rtpMaps().stream()
        .filter(map -> map.payloadType() == payloadType)
        .findFirst()
        .flatMap(map -> rules.format(kind, map, parameters(section, payloadType).values()))
        .map(format -> new Match(payloadType, format));
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
