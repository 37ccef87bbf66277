package org.framecast.stream.codec;

import java.util.function.Consumer;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.VideoFrame;

/**
 * Encodes pictures of one size for a track of a file.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> the frame is lent for the call; units are lent to the sink.
 *
 * <p><b>Throws:</b> {@link org.framecast.stream.media.MediaException} with CODEC_FAILED.
 */
public interface PictureTrackEncoder extends AutoCloseable {
  /**
   * Encodes one picture in I420.
   *
   * @param ptsNanos larger than that of the picture before
   */
  void encode(VideoFrame frame, long ptsNanos, Keyframe keyframe, Consumer<TrackUnit> sink);

  /** Delivers what is still inside; nothing can be encoded after that. */
  void flush(Consumer<TrackUnit> sink);

  /** Idempotent. */
  @Override
  void close();

  /**
   * An encoder of streams as that of a track.
   *
   * <p><b>Ownership:</b> the encoder is its own.
   */
  static PictureTrackEncoder of(VideoEncoder encoder) {
    return new PictureTrackEncoder() {
      @Override
      public void encode(
          VideoFrame frame, long ptsNanos, Keyframe keyframe, Consumer<TrackUnit> sink) {
        encoder.encode(frame, ptsNanos, keyframe, unit -> deliver(unit, sink));
      }

      @Override
      public void flush(Consumer<TrackUnit> sink) {
        encoder.flush(unit -> deliver(unit, sink));
      }

      @Override
      public void close() {
        encoder.close();
      }
    };
  }

  private static void deliver(AccessUnit unit, Consumer<TrackUnit> sink) {
    try (TrackUnit share = TrackUnit.sharing(unit)) {
      sink.accept(share);
    }
  }
}
