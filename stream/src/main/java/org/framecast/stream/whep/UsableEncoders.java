package org.framecast.stream.whep;

import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.pipeline.Bitrates;
import org.framecast.stream.pipeline.EncodeSettings;
import org.jspecify.annotations.Nullable;

/**
 * Which encoders can be opened for a stream's pictures: found out before a viewer is promised one,
 * by opening each and closing it again.
 *
 * <p><b>Thread:</b> any.
 */
record UsableEncoders(MediaCodecs codecs, BufferPool buffers) {
  /**
   * Those of the codecs that can be used, in their order.
   *
   * @throws MediaException with CODEC_FAILED when there is none
   */
  List<Codec> of(List<Codec> wanted, VideoInfo video, EncodeSettings settings) {
    List<Codec> usable = new ArrayList<>();
    MediaException failure = null;
    for (Codec codec : wanted) {
      MediaException failed = fault(codec, video, settings);
      if (failed == null) {
        usable.add(codec);
      } else if (failure == null) {
        failure = failed;
      } else {
        failure.addSuppressed(failed);
      }
    }
    if (usable.isEmpty()) {
      throw new MediaException(
          MediaException.Code.CODEC_FAILED, words(wanted, video, failure), failure);
    }
    return usable;
  }

  private @Nullable MediaException fault(Codec codec, VideoInfo video, EncodeSettings settings) {
    int bps =
        settings.bitrateBps() > 0
            ? settings.bitrateBps()
            : Bitrates.videoBps(codec, video.width(), video.height(), video.expectedFrameRate());
    try {
      codecs
          .openVideoEncoder(
              new VideoEncoderSettings(
                  codec,
                  video.width(),
                  video.height(),
                  bps,
                  video.expectedFrameRate(),
                  settings.keyframeIntervalFrames(),
                  settings.speed()),
              buffers)
          .close();
      return null;
    } catch (MediaException e) {
      return e;
    }
  }

  private static String words(
      List<Codec> wanted, VideoInfo video, @Nullable MediaException failure) {
    return "no encoder can be opened for pictures of %d × %d (%s): %s"
        .formatted(
            video.width(),
            video.height(),
            String.join(", ", wanted.stream().map(Codec::sdpName).toList()),
            failure == null ? "none was tried" : failure.getMessage());
  }
}
