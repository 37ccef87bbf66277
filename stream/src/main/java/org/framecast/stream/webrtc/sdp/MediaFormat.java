package org.framecast.stream.webrtc.sdp;

import java.util.Map;
import org.framecast.stream.media.Codec;

/**
 * What a stream sends in one of its tracks.
 *
 * @param parameters by lower-case name; for H264 its {@code profile-level-id} and {@code
 *     packetization-mode}
 */
public record MediaFormat(Codec codec, Map<String, String> parameters) {
  private static final MediaFormat H264 =
      new MediaFormat(Codec.H264, Map.of("profile-level-id", "42e01f", "packetization-mode", "1"));

  public MediaFormat {
    parameters = Map.copyOf(parameters);
  }

  /**
   * What the encoders here make of that codec: H264 as constrained baseline, level 3.1, in packets
   * of parts of units; the level binds the receiver's decoder, not the picture.
   *
   * <p><b>Source:</b> RFC 7742 §6.2: what every WebRTC endpoint decodes.
   */
  public static MediaFormat encodedHere(Codec codec) {
    return codec == Codec.H264 ? H264 : of(codec);
  }

  public static MediaFormat of(Codec codec) {
    return new MediaFormat(codec, Map.of());
  }

  boolean matches(RtpMap map) {
    return map.name().equalsIgnoreCase(codec.sdpName())
        && map.clockRateHz() == codec.clockRateHz()
        && map.parameters().orElse("1").equals(codec == Codec.OPUS ? "2" : "1");
  }

  /** Whether a receiver that offers these parameters can decode this format. */
  boolean accepts(Map<String, String> offered) {
    return switch (codec) {
      case H264 ->
          sameValue(offered, "packetization-mode", "0")
              && profile(offered) != H264Profile.OTHER
              && profile(offered) == profile(parameters);
      case VP9 -> sameValue(offered, "profile-id", "0");
      case AV1 -> sameValue(offered, "profile", "0");
      case VP8, OPUS -> true;
    };
  }

  private boolean sameValue(Map<String, String> offered, String name, String absent) {
    return offered.getOrDefault(name, absent).equals(parameters.getOrDefault(name, absent));
  }

  /** Without the level: a sender may use a lower one. */
  private static H264Profile profile(Map<String, String> parameters) {
    return H264Profile.parse(parameters.getOrDefault("profile-level-id", H264Profile.DEFAULT));
  }
}
