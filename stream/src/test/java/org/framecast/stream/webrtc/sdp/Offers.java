package org.framecast.stream.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.TrackSpec;

/** Offers as the browsers write them, and the ways to read them. */
public final class Offers {
  public static final StreamFormats VP8_AND_OPUS =
      new StreamFormats(
          List.of(MediaFormat.of(Codec.VP8)), Optional.of(MediaFormat.of(Codec.OPUS)));
  public static final StreamFormats FOUR_CODECS =
      new StreamFormats(
          List.of(
              MediaFormat.of(Codec.VP8),
              new MediaFormat(
                  Codec.H264, Map.of("profile-level-id", "42e01f", "packetization-mode", "1")),
              MediaFormat.of(Codec.VP9),
              MediaFormat.of(Codec.AV1)),
          Optional.of(MediaFormat.of(Codec.OPUS)));
  static final LocalTransport LOCAL =
      LocalTransport.read(
              """
              v=0
              o=rtc 1 0 IN IP4 127.0.0.1
              s=-
              t=0 0
              m=video 9 UDP/TLS/RTP/SAVPF 96
              a=mid:0
              a=setup:passive
              a=ice-ufrag:abcd
              a=ice-pwd:0123456789012345678901
              a=fingerprint:sha-256 %s
              a=candidate:1 1 UDP 2122317823 192.0.2.1 50000 typ host
              a=candidate:2 1 UDP 1686109695 198.51.100.7 50000 typ srflx raddr 10.0.0.1 rport 50000
              a=end-of-candidates
              """
                  .formatted("AB:".repeat(31) + "CD"))
          .orElseThrow();

  private Offers() {}

  public static String chromium() {
    return read("chromium.sdp");
  }

  public static String firefox() {
    return read("firefox.sdp");
  }

  /** Chromium's offer without header extensions. */
  public static String plain() {
    return chromium().replaceAll("a=extmap:.*\r\n", "");
  }

  /** The plain offer with that codec in front of the others. */
  public static String preferring(String codec) {
    String offer = plain();
    String first = payloadTypes(offer, codec).get(0);
    return offer.replaceFirst(
        "(m=video \\d+ \\S+)(.*?) " + first + "(?= |\r)", "$1 " + first + "$2");
  }

  /** The plain offer without the other video codecs. */
  public static String only(String codec) {
    String offer = plain();
    return offer.replaceFirst(
        "(m=video \\d+ \\S+)[ \\d]*", "$1 " + String.join(" ", payloadTypes(offer, codec)));
  }

  private static List<String> payloadTypes(String offer, String codec) {
    return Pattern.compile("a=rtpmap:(\\d+) " + codec + "/90000")
        .matcher(offer)
        .results()
        .map(result -> result.group(1))
        .filter(
            type ->
                codec.equals("H264")
                    ? offer.contains(
                        "a=fmtp:"
                            + type
                            + " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f")
                    : true)
        .toList();
  }

  private static String read(String name) {
    try (InputStream in = Objects.requireNonNull(Offers.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Offer usable(String text) {
    return assertInstanceOf(OfferResult.Usable.class, OfferReader.read(text, VP8_AND_OPUS)).offer();
  }

  static String unusable(String text) {
    return assertInstanceOf(OfferResult.Unusable.class, OfferReader.read(text, VP8_AND_OPUS))
        .reason();
  }

  static String malformed(String text) {
    return assertInstanceOf(OfferResult.Malformed.class, OfferReader.read(text, VP8_AND_OPUS))
        .reason();
  }

  static List<String> answer(String text) {
    Offer offer = usable(text);
    List<TrackSpec> tracks =
        offer.accepted().stream()
            .map(
                s ->
                    new TrackSpec(
                        s.mid(),
                        s.kind(),
                        s.format().codec(),
                        s.payloadType(),
                        s.kind() == MediaKind.VIDEO ? -2 : 7,
                        "name",
                        "stream",
                        s.kind().sdpName()))
            .toList();
    String answer = SdpWriter.answer(offer, LOCAL, tracks, 42);
    return List.of(answer.split("\r\n"));
  }
}
