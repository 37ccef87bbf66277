package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.TrackSpec;

/**
 * Builds the offer that the library is given, and the answer that the offerer is given. Both come
 * from parsed values alone.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> RFC 8829 §5.3, RFC 9143 §7.3, RFC 8858 §4.
 */
public final class SdpWriter {
  /** Browsers begin far lower by themselves, and take seconds to find out that they may do more. */
  private static final String START_BITRATE = "x-google-start-bitrate=2500";

  private final StringBuilder text = new StringBuilder(2_048);

  private SdpWriter() {}

  /**
   * The offer for the library: the accepted sections alone, each with the one payload type, and the
   * role that leaves ours to us. We are the server of the handshake where the offerer leaves the
   * choice: some peers refuse a client hello of OpenSSL 3.
   */
  public static String libraryOffer(Offer offer) {
    SdpWriter writer = new SdpWriter();
    writer.head("1", offer.accepted());
    boolean first = true;
    for (PlannedSection.Accepted section : offer.accepted()) {
      writer.mediaLine(section);
      writer.line(
          switch (offer.side()) {
            case VIEWER -> "a=recvonly";
            case PUBLISHER -> "a=sendonly";
          });
      writer.line("a=rtcp-mux");
      writer.transport(
          offer.ice().own(),
          offer.fingerprint(),
          offer.role() == SetupRole.PASSIVE ? SetupRole.PASSIVE : SetupRole.ACTIVE);
      writer.codec(section, "");
      for (int ssrc : section.ssrcs()) {
        writer.line("a=ssrc:" + Integer.toUnsignedString(ssrc) + " cname:publisher");
      }
      if (first) {
        offer.candidates().forEach(candidate -> writer.line("a=" + candidate.sdp()));
      }
      first = false;
    }
    return writer.text.toString();
  }

  /**
   * The answer.
   *
   * @param sessionId a number, unique for this answer
   * @param tracks those of the accepted sections
   */
  public static String answer(
      Offer offer, LocalTransport local, List<TrackSpec> tracks, long sessionId) {
    SdpWriter writer = new SdpWriter();
    List<PlannedSection.Accepted> bundled =
        offer.bundle() == Offer.Bundle.GROUPED ? offer.accepted() : List.of();
    writer.head(Long.toUnsignedString(sessionId), bundled);
    writer.line("a=ice-options:trickle");
    writer.line("a=msid-semantic:WMS *");
    Map<String, TrackSpec> byMid =
        tracks.stream().collect(Collectors.toMap(TrackSpec::mid, track -> track));
    boolean first = true;
    for (PlannedSection section : offer.sections()) {
      switch (section) {
        case PlannedSection.Rejected rejected -> writer.rejected(rejected);
        case PlannedSection.Accepted accepted -> {
          TrackSpec track = byMid.get(accepted.mid());
          if (track == null) {
            throw new IllegalArgumentException("a section without its track");
          }
          writer.accepted(offer.side(), accepted, local, track);
          if (first) {
            local.candidates().forEach(candidate -> writer.line("a=" + candidate.sdp()));
            writer.line("a=end-of-candidates");
          }
          first = false;
        }
      }
    }
    return writer.text.toString();
  }

  private void head(String sessionId, List<PlannedSection.Accepted> bundled) {
    line("v=0");
    line("o=framecast " + sessionId + " 1 IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    if (!bundled.isEmpty()) {
      line(
          "a=group:BUNDLE "
              + bundled.stream()
                  .map(PlannedSection.Accepted::mid)
                  .collect(Collectors.joining(" ")));
    }
  }

  private void rejected(PlannedSection.Rejected section) {
    line(
        "m=%s 0 %s %s"
            .formatted(section.media(), section.protocol(), String.join(" ", section.formats())));
    line("c=IN IP4 0.0.0.0");
    section.mid().ifPresent(mid -> line("a=mid:" + mid));
    line("a=inactive");
  }

  private void accepted(
      Offer.Side side, PlannedSection.Accepted section, LocalTransport local, TrackSpec track) {
    mediaLine(section);
    line("a=rtcp:9 IN IP4 0.0.0.0");
    line(
        switch (side) {
          case VIEWER -> "a=sendonly";
          case PUBLISHER -> "a=recvonly";
        });
    line("a=rtcp-mux");
    line("a=rtcp-mux-only");
    if (section.kind() == MediaKind.VIDEO) {
      line("a=rtcp-rsize");
    }
    transport(local.ice(), local.fingerprint(), local.role());
    if (section.sendTimeId() != 0) {
      line("a=extmap:" + section.sendTimeId() + " " + HeaderExtension.SEND_TIME);
    }
    codec(
        section,
        switch (side) {
          case VIEWER -> "";
          case PUBLISHER -> START_BITRATE;
        });
    section.feedback().forEach(kind -> line("a=rtcp-fb:" + section.payloadType() + " " + kind));
    if (side == Offer.Side.VIEWER) {
      sender(track);
    }
  }

  private void sender(TrackSpec track) {
    String ssrc = "a=ssrc:" + Integer.toUnsignedString(track.ssrc());
    line("a=msid:" + track.streamId() + " " + track.trackId());
    line(ssrc + " cname:" + track.cname());
    line(ssrc + " msid:" + track.streamId() + " " + track.trackId());
  }

  private void mediaLine(PlannedSection.Accepted section) {
    line(
        "m=%s 9 %s %d"
            .formatted(section.kind().sdpName(), section.protocol(), section.payloadType()));
    line("c=IN IP4 0.0.0.0");
    line("a=mid:" + section.mid());
  }

  private void transport(IceCredentials ice, Fingerprint fingerprint, SetupRole role) {
    line("a=ice-ufrag:" + ice.ufrag());
    line("a=ice-pwd:" + ice.password());
    line("a=fingerprint:" + fingerprint.sdp());
    line("a=setup:" + role.sdpName());
  }

  /**
   * @param more a parameter for pictures that is no part of the format; empty for none
   */
  private void codec(PlannedSection.Accepted section, String more) {
    int payloadType = section.payloadType();
    switch (section.format().codec()) {
      case OPUS -> {
        line("a=rtpmap:" + payloadType + " opus/48000/2");
        String stereo = more.isEmpty() ? "sprop-stereo=1" : "stereo=1";
        line("a=fmtp:" + payloadType + " minptime=10;" + stereo + ";useinbandfec=1");
      }
      case VP8 -> {
        line("a=rtpmap:" + payloadType + " VP8/90000");
        parameters(payloadType, section.format(), List.of(), more);
      }
      case VP9 -> {
        line("a=rtpmap:" + payloadType + " VP9/90000");
        parameters(payloadType, section.format(), List.of("profile-id"), more);
      }
      case H264 -> {
        line("a=rtpmap:" + payloadType + " H264/90000");
        parameters(
            payloadType,
            section.format(),
            List.of("level-asymmetry-allowed", "packetization-mode", "profile-level-id"),
            more);
      }
      case AV1 -> {
        line("a=rtpmap:" + payloadType + " AV1/90000");
        parameters(payloadType, section.format(), List.of("profile", "level-idx", "tier"), more);
      }
    }
  }

  private void parameters(int payloadType, MediaFormat format, List<String> names, String more) {
    String values =
        Stream.concat(
                names.stream()
                    .filter(format.parameters()::containsKey)
                    .map(name -> name + "=" + format.parameters().get(name)),
                Stream.of(more).filter(text -> !text.isEmpty()))
            .collect(Collectors.joining(";"));
    if (!values.isEmpty()) {
      line("a=fmtp:" + payloadType + " " + values);
    }
  }

  private void line(String value) {
    text.append(value).append("\r\n");
  }
}
