package org.framecast.stream.sink;

import java.util.function.Consumer;
import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.PictureTrackEncoder;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;

/**
 * Encodes pictures of any size to one: those of another size are scaled to it.
 *
 * <p><b>Thread:</b> its sink's.
 *
 * <p><b>Ownership:</b> pictures and units are lent.
 */
final class PictureTrack implements AutoCloseable {
  private final FrameShape shape;
  private final PictureTrackSettings settings;
  private final PictureTrackEncoder encoder;
  private final FrameConverter converter;
  private final FramePool pool;
  private final VideoFrame scaled;
  private long lastNanos = Long.MIN_VALUE;

  PictureTrack(MediaCodecs codecs, PictureTrackSettings settings, BufferPool buffers) {
    this(codecs, settings, codecs.openPictureTrackEncoder(settings, buffers));
  }

  /** With an encoder of those settings, which is its own from now on. */
  PictureTrack(MediaCodecs codecs, PictureTrackSettings settings, PictureTrackEncoder encoder) {
    this.settings = settings;
    shape = FrameShape.i420(settings.width(), settings.height());
    try (Unfinished made = new Unfinished()) {
      this.encoder = made.add(encoder);
      converter = made.add(codecs.openFrameConverter());
      pool = made.add(FramePool.open("scaled", 1));
      scaled = pool.acquire(shape);
      made.finished();
    }
  }

  PictureTrackSettings settings() {
    return settings;
  }

  /** Encodes one picture; a time that does not go on is moved behind the one before. */
  void encode(
      VideoFrame pixels, long ptsNanos, VideoEncoder.Keyframe keyframe, Consumer<TrackUnit> sink) {
    lastNanos = Math.max(lastNanos + 1, ptsNanos);
    encoder.encode(fitted(pixels), lastNanos, keyframe, sink);
  }

  private VideoFrame fitted(VideoFrame pixels) {
    if (pixels.shape().equals(shape)) {
      return pixels;
    }
    converter.convert(pixels, scaled);
    return scaled;
  }

  void flush(Consumer<TrackUnit> sink) {
    encoder.flush(sink);
  }

  /** Idempotent, as its parts are. */
  @Override
  public void close() {
    encoder.close();
    converter.close();
    if (scaled.holders() > 0) {
      scaled.close();
    }
    pool.close();
  }
}
