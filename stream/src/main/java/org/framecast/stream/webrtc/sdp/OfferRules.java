package org.framecast.stream.webrtc.sdp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;

/** What is asked of an offer, by what its author wants. */
sealed interface OfferRules {
  Offer.Side side();

  /** Why sections of sound and pictures that are offered like this are not answered at all. */
  Optional<String> refusal(List<MediaSection> live);

  /** Whether a track of that kind can be had at all. */
  boolean wants(MediaKind kind);

  /** The format for a payload type of an offer, if it fits. */
  Optional<MediaFormat> format(MediaKind kind, RtpMap map, Map<String, String> parameters);

  /** Whether a format further down in the offer is to be taken instead of the first that fits. */
  boolean isBetter(MediaFormat other, MediaFormat first);

  /** A viewer takes what the stream is sent as. */
  record OfViewer(StreamFormats formats) implements OfferRules {
    @Override
    public Offer.Side side() {
      return Offer.Side.VIEWER;
    }

    @Override
    public Optional<String> refusal(List<MediaSection> live) {
      return live.stream()
          .filter(
              section ->
                  section.direction() == MediaDirection.SENDONLY
                      || section.direction() == MediaDirection.INACTIVE)
          .findFirst()
          .map(section -> "a section does not want to receive");
    }

    @Override
    public boolean wants(MediaKind kind) {
      return !formats.of(kind).isEmpty();
    }

    @Override
    public Optional<MediaFormat> format(
        MediaKind kind, RtpMap map, Map<String, String> parameters) {
      return formats.of(kind).stream()
          .filter(format -> format.matches(map) && format.accepts(parameters))
          .findFirst();
    }

    @Override
    public boolean isBetter(MediaFormat other, MediaFormat first) {
      return formats.prefers(other, first);
    }
  }

  /**
   * A publisher sends what it likes best of what can be decoded.
   *
   * @param decodable codecs
   */
  record OfPublisher(Set<Codec> decodable) implements OfferRules {
    private static final List<String> H264_PARAMETERS =
        List.of("level-asymmetry-allowed", "packetization-mode", "profile-level-id");

    /** Baseline, main and high, of 8 bits and 4:2:0. */
    private static final Set<String> H264_PROFILES = Set.of("42", "4d", "58", "64");

    @Override
    public Offer.Side side() {
      return Offer.Side.PUBLISHER;
    }

    @Override
    public Optional<String> refusal(List<MediaSection> live) {
      for (MediaSection section : live) {
        if (section.direction() == MediaDirection.RECVONLY
            || section.direction() == MediaDirection.INACTIVE) {
          return Optional.of("a section does not want to send");
        }
      }
      boolean several = live.stream().map(MediaSection::media).distinct().count() < live.size();
      return several ? Optional.of("more than one section of a kind") : Optional.empty();
    }

    @Override
    public boolean wants(MediaKind kind) {
      return true;
    }

    @Override
    public Optional<MediaFormat> format(
        MediaKind kind, RtpMap map, Map<String, String> parameters) {
      return decodable.stream()
          .filter(codec -> (codec == Codec.OPUS) == (kind == MediaKind.AUDIO))
          .filter(codec -> MediaFormat.of(codec).matches(map))
          .findFirst()
          .flatMap(codec -> format(codec, parameters));
    }

    private static Optional<MediaFormat> format(Codec codec, Map<String, String> parameters) {
      return switch (codec) {
        case H264 -> h264(parameters);
        case VP9, AV1 ->
            Optional.of(MediaFormat.of(codec)).filter(format -> format.accepts(parameters));
        case VP8, OPUS -> Optional.of(MediaFormat.of(codec));
      };
    }

    private static Optional<MediaFormat> h264(Map<String, String> parameters) {
      String profile = parameters.getOrDefault("profile-level-id", "42e01f");
      String mode = parameters.getOrDefault("packetization-mode", "0");
      boolean fits =
          profile.matches("[0-9A-Fa-f]{6}")
              && H264_PROFILES.contains(profile.substring(0, 2).toLowerCase(Locale.ROOT))
              && (mode.equals("0") || mode.equals("1"));
      if (!fits) {
        return Optional.empty();
      }
      Map<String, String> kept = new LinkedHashMap<>();
      for (String name : H264_PARAMETERS) {
        String value = parameters.get(name);
        if (value != null && value.matches("[0-9A-Fa-f]{1,6}")) {
          kept.put(name, value);
        }
      }
      return Optional.of(new MediaFormat(Codec.H264, kept));
    }

    /** Within H264, constrained baseline in mode 1: what every viewer takes. */
    @Override
    public boolean isBetter(MediaFormat other, MediaFormat first) {
      return first.codec() == Codec.H264
          && other.codec() == Codec.H264
          && isForEveryone(other)
          && !isForEveryone(first);
    }

    private static boolean isForEveryone(MediaFormat format) {
      String profile = format.parameters().getOrDefault("profile-level-id", H264Profile.DEFAULT);
      return H264Profile.parse(profile) == H264Profile.CONSTRAINED_BASELINE
          && "1".equals(format.parameters().get("packetization-mode"));
    }
  }
}
