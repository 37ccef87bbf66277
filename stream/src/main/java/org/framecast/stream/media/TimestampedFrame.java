package org.framecast.stream.media;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A picture on its way through a stream, with what is known about it.
 *
 * <p><b>Ownership:</b> owns one hold on its pixels; {@link #close()} gives it up and is idempotent.
 *
 * <p><b>Thread:</b> one owner at a time; a hand-over through a queue is a happens-before edge.
 */
public final class TimestampedFrame implements MediaItem {
  private final String sourceId;
  private final long frameNumber;
  private final long captureNanos;
  private @Nullable VideoFrame pixels;
  private @Nullable List<Detection> detections;
  private @Nullable List<Detection> sensitive;
  private OptionalLong ptpNanos = OptionalLong.empty();
  private Map<String, String> metadata = Map.of();

  /**
   * Takes over one hold on {@code pixels}.
   *
   * @param frameNumber counts up from 0 in one source; a dropped frame leaves a gap
   * @param captureNanos when it was made, on the stream's monotonic clock
   */
  public TimestampedFrame(VideoFrame pixels, String sourceId, long frameNumber, long captureNanos) {
    this.pixels = pixels;
    this.sourceId = sourceId;
    this.frameNumber = frameNumber;
    this.captureNanos = captureNanos;
  }

  public VideoFrame pixels() {
    VideoFrame frame = pixels;
    if (frame == null) {
      throw new IllegalStateException("frame " + frameNumber + " is closed");
    }
    return frame;
  }

  /** Takes over one hold on {@code replacement} and gives up the one on the pixels so far. */
  public void replacePixels(VideoFrame replacement) {
    VideoFrame before = pixels();
    pixels = replacement;
    before.close();
  }

  public String sourceId() {
    return sourceId;
  }

  public long frameNumber() {
    return frameNumber;
  }

  public long captureNanos() {
    return captureNanos;
  }

  /** The capture time is the place on the stream's time line. */
  @Override
  public long ptsNanos() {
    return captureNanos;
  }

  /** When it was made on the network's common clock (IEEE 1588, TAI); absent when unknown. */
  public OptionalLong ptpNanos() {
    return ptpNanos;
  }

  /** Says when it was made on the network's common clock. */
  public void ptpNanos(long nanos) {
    ptpNanos = OptionalLong.of(nanos);
  }

  /** What its source or a layer says of this very picture, by name. */
  public Map<String, String> metadata() {
    return metadata;
  }

  public void metadata(Map<String, String> said) {
    metadata = Map.copyOf(said);
  }

  /** What was found in this very picture and is wanted; null when no detector looked at it. */
  public @Nullable List<Detection> detections() {
    return detections;
  }

  /** Says what was found; an empty list says that a detector looked and found nothing. */
  public void detections(List<Detection> found) {
    detections = List.copyOf(found);
  }

  /**
   * What may have to be hidden in this very picture: of every class, and less sure than what is
   * wanted; null when nobody looked at it for that.
   */
  public @Nullable List<Detection> sensitive() {
    return sensitive;
  }

  /**
   * Says what may have to be hidden. Whoever says it looked for every class that it knows, whatever
   * is wanted otherwise.
   */
  public void sensitive(List<Detection> found) {
    sensitive = List.copyOf(found);
  }

  /**
   * The same frame for a second owner, who closes it; nothing is copied.
   *
   * <p><b>Thread:</b> while this frame is not closed.
   */
  public TimestampedFrame share() {
    TimestampedFrame share =
        new TimestampedFrame(pixels().hold(), sourceId, frameNumber, captureNanos);
    share.detections = detections;
    share.ptpNanos = ptpNanos;
    share.metadata = metadata;
    share.sensitive = sensitive;
    return share;
  }

  @Override
  public void close() {
    VideoFrame frame = pixels;
    pixels = null;
    if (frame != null) {
      frame.close();
    }
  }
}
