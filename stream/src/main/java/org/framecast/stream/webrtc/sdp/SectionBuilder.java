package org.framecast.stream.webrtc.sdp;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the attributes of one section, or of the session's part. */
final class SectionBuilder {
  private final String media;
  private final int port;
  private final String protocol;
  private final List<String> formats;
  private @Nullable String mid;
  private @Nullable MediaDirection direction;
  private @Nullable String ufrag;
  private @Nullable String password;
  private @Nullable Fingerprint fingerprint;
  private @Nullable SetupRole setup;
  private final Set<MediaSection.Flag> flags = EnumSet.noneOf(MediaSection.Flag.class);
  private final List<RtpMap> rtpMaps = new ArrayList<>();
  private final List<FormatParameters> parameters = new ArrayList<>();
  private final List<RtcpFeedback> feedback = new ArrayList<>();
  private final List<HeaderExtension> extensions = new ArrayList<>();
  private final List<IceCandidate> candidates = new ArrayList<>();
  private final List<Integer> ssrcs = new ArrayList<>();

  private SectionBuilder(String media, int port, String protocol, List<String> formats) {
    this.media = media;
    this.port = port;
    this.protocol = protocol;
    this.formats = formats;
  }

  /** For the session's part. */
  static SectionBuilder session() {
    return new SectionBuilder("", 0, "", List.of());
  }

  /** Reads {@code <media> <port>[/<ports>] <protocol> <format> …}. */
  static SectionBuilder open(String line) {
    List<String> words = SdpText.words(line);
    if (words.size() < 4 || words.size() > 3 + SdpLimits.MAX_FORMATS) {
      throw new MalformedSdpException("m= line");
    }
    String media = SdpText.token(words.get(0), 32, "media type");
    String ports = words.get(1);
    int slash = ports.indexOf('/');
    if (slash >= 0) {
      SdpText.integer(ports.substring(slash + 1), 1, 65_535, "m= line");
    }
    int port = SdpText.integer(slash < 0 ? ports : ports.substring(0, slash), 0, 65_535, "m= line");
    String protocol = words.get(2);
    for (String part : protocol.split("/", -1)) {
      SdpText.token(part, 32, "protocol of a section");
    }
    List<String> formats = words.subList(3, words.size());
    boolean rtp = protocol.contains("RTP/");
    for (String format : formats) {
      if (rtp) {
        SdpText.integer(format, 0, 127, "payload type");
      } else {
        SdpText.token(format, 64, "format of a section");
      }
    }
    return new SectionBuilder(media, port, protocol, formats);
  }

  void attribute(SdpLine line) {
    String value = line.attributeValue();
    switch (line.attributeName()) {
      case "mid" -> mid = SdpText.token(value, SdpLimits.MAX_MID_CHARACTERS, "mid");
      case "ice-ufrag" -> ufrag = IceCredentials.parseUfrag(value);
      case "ice-pwd" -> password = IceCredentials.parsePassword(value);
      case "fingerprint" -> Fingerprint.parse(value).ifPresent(this::strongest);
      case "setup" -> setup = SetupRole.parse(value);
      case "candidate" -> candidate(value);
      case "rtpmap", "fmtp", "rtcp-fb", "extmap", "ssrc" -> rtp(line.attributeName(), value);
      default -> word(line.value());
    }
  }

  private void strongest(Fingerprint found) {
    if (fingerprint == null || found.hash().compareTo(fingerprint.hash()) > 0) {
      fingerprint = found;
    }
  }

  private void candidate(String value) {
    if (candidates.size() < SdpLimits.MAX_CANDIDATES) {
      IceCandidate.parse(value).filter(c -> !candidates.contains(c)).ifPresent(candidates::add);
    }
  }

  /** Attributes of codecs; sections of other protocols may use the same names otherwise. */
  private void rtp(String name, String value) {
    if (!media.equals("audio") && !media.equals("video")) {
      return;
    }
    switch (name) {
      case "rtpmap" -> rtpMaps.add(RtpMap.parse(value));
      case "fmtp" -> parameters.add(FormatParameters.parse(value));
      case "rtcp-fb" -> feedback.add(RtcpFeedback.parse(value));
      case "ssrc" -> ssrc(value);
      default -> extensions.add(HeaderExtension.parse(value));
    }
  }

  /** {@code <number> <attribute>}, once for each attribute. */
  private void ssrc(String value) {
    List<String> words = SdpText.words(value);
    if (words.isEmpty()) {
      throw new MalformedSdpException("ssrc");
    }
    int ssrc = (int) SdpText.number(words.get(0), 0, 0xffff_ffffL, "ssrc");
    if (ssrcs.size() < SdpLimits.MAX_SSRCS && !ssrcs.contains(ssrc)) {
      ssrcs.add(ssrc);
    }
  }

  private void word(String attribute) {
    MediaDirection.ofAttribute(attribute).ifPresent(found -> direction = found);
    MediaSection.Flag.ofAttribute(attribute).ifPresent(flags::add);
  }

  /** The section, with what it lacks taken from the session's part. */
  MediaSection build(SectionBuilder session) {
    return new MediaSection(
        media,
        port,
        protocol,
        formats,
        Optional.ofNullable(mid),
        first(direction, session.direction).orElse(MediaDirection.SENDRECV),
        credentials().or(session::credentials),
        first(fingerprint, session.fingerprint),
        first(setup, session.setup),
        flags,
        rtpMaps,
        parameters,
        feedback,
        extensions,
        candidates,
        ssrcs);
  }

  /** Empty unless both halves are there. */
  Optional<IceCredentials> credentials() {
    return ufrag == null || password == null
        ? Optional.empty()
        : Optional.of(new IceCredentials(ufrag, password));
  }

  /** Whether one half of the credentials came without the other. */
  boolean hasHalfCredentials() {
    return (ufrag == null) != (password == null);
  }

  List<IceCandidate> candidates() {
    return candidates;
  }

  private static <T> Optional<T> first(@Nullable T own, @Nullable T inherited) {
    return Optional.ofNullable(own != null ? own : inherited);
  }
}
