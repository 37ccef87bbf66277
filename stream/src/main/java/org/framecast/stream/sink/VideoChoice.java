package org.framecast.stream.sink;

import java.util.Optional;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.Label;

/** The codec of a file's pictures, as its options name it. */
public enum VideoChoice {
  /** What suits the container. */
  AUTO,
  @Label("VP8")
  VP8,
  @Label("VP9")
  VP9,
  H264,
  H265,
  @Label("AV1")
  AV1,
  /** No pictures. */
  NONE;

  Optional<TrackCodec> codec(TrackCodec suits) {
    return switch (this) {
      case AUTO -> Optional.of(suits);
      case VP8 -> Optional.of(TrackCodec.VP8);
      case VP9 -> Optional.of(TrackCodec.VP9);
      case H264 -> Optional.of(TrackCodec.H264);
      case H265 -> Optional.of(TrackCodec.H265);
      case AV1 -> Optional.of(TrackCodec.AV1);
      case NONE -> Optional.empty();
    };
  }
}
