package org.framecast.stream.sink;

import java.util.Optional;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.Label;

/** The codec of a file's sound, as its options name it. */
public enum AudioChoice {
  /** What suits the container. */
  AUTO,
  OPUS,
  @Label("AAC")
  AAC,
  /** No sound. */
  NONE;

  Optional<TrackCodec> codec(TrackCodec suits) {
    return switch (this) {
      case AUTO -> Optional.of(suits);
      case OPUS -> Optional.of(TrackCodec.OPUS);
      case AAC -> Optional.of(TrackCodec.AAC);
      case NONE -> Optional.empty();
    };
  }
}
