package org.framecast.stream.codec;

import java.util.Optional;
import org.framecast.stream.media.Codec;

/**
 * How to encode the pictures of a file's track.
 *
 * @param frameRate expected frames per second; the true times are those of the frames
 * @param keyframeIntervalFrames at most this many frames from one keyframe to the next
 * @param speed libvpx's cpu-used, 0 (best) to 16 (fastest); other codecs map it
 */
public record PictureTrackSettings(
    TrackCodec codec,
    int width,
    int height,
    int bitrateBps,
    double frameRate,
    int keyframeIntervalFrames,
    int speed) {
  public PictureTrackSettings {
    if (codec.kind() != TrackCodec.Kind.VIDEO) {
      throw new IllegalArgumentException(codec + " codes no pictures");
    }
  }

  /** The same for the encoder of streams, if it is one of their codecs. */
  public Optional<VideoEncoderSettings> ofStreams() {
    for (Codec each : Codec.values()) {
      if (TrackCodec.of(each) == codec) {
        return Optional.of(
            new VideoEncoderSettings(
                each, width, height, bitrateBps, frameRate, keyframeIntervalFrames, speed));
      }
    }
    return Optional.empty();
  }
}
