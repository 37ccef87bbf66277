package org.framecast.stream.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.HardwareEncoder;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.codec.TrackCodec;

/**
 * How to write a file.
 *
 * @param video absent for a file without pictures
 * @param hardware that is tried first; absent for software
 * @param audio absent for a file without sound
 * @param videoBitrateBps 0 leaves it to the quality
 * @param quality 1 to 100
 * @param keyframeInterval at most from one keyframe to the next
 */
public record FileSinkSettings(
    Path path,
    Container container,
    Optional<TrackCodec> video,
    Optional<HardwareEncoder> hardware,
    Optional<TrackCodec> audio,
    int videoBitrateBps,
    int quality,
    Duration keyframeInterval,
    int audioBitrateBps,
    WhenBehind whenBehind) {
  /** Half of libvpx's sixteen speeds: a recording need not be as fast as a call. */
  private static final int SPEED = 8;

  public FileSinkSettings {
    if (quality < 1 || quality > 100 || videoBitrateBps < 0 || keyframeInterval.isNegative()) {
      throw new IllegalArgumentException("quality " + quality + ", " + videoBitrateBps + " bit/s");
    }
  }

  /** The encoder's settings for pictures of that size. */
  PictureTrackSettings encoder(int width, int height, double frameRate) {
    TrackCodec codec = video.orElseThrow();
    int bps =
        videoBitrateBps > 0
            ? videoBitrateBps
            : SinkBitrate.bps(codec, width, height, frameRate, quality);
    int frames = (int) Math.max(1, Math.ceil(keyframeInterval.toNanos() / 1e9 * frameRate));
    return new PictureTrackSettings(codec, width, height, bps, frameRate, frames, SPEED);
  }
}
