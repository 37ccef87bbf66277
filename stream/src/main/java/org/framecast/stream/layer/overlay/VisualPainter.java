package org.framecast.stream.layer.overlay;

import org.framecast.stream.flow.Placement;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Lays what a source gives, and keeps the prepared form of what does not change: a picture that is
 * the same for a second frame is asked for that once more and prepared; from then on a frame costs
 * the blend.
 *
 * <p><b>Thread:</b> any; the last state wins.
 */
public final class VisualPainter {
  private final VisualSource source;
  private final Means means = Means.best();
  private volatile Kept kept = Kept.NOTHING;

  /** Of which picture something is kept, and what. */
  private record Kept(
      Object version,
      @Nullable FrameShape target,
      @Nullable Placement placement,
      double opacity,
      @Nullable Overlay overlay) {
    static final Kept NOTHING = new Kept(VisualSource.LIVE, null, null, 0, null);

    boolean isFor(Object other, FrameShape shape, Placement place, double opaque) {
      return version.equals(other)
          && shape.equals(target)
          && place.equals(placement)
          && opacity == opaque;
    }
  }

  /** A painter that has nothing yet. */
  public VisualPainter(VisualSource source) {
    this.source = source;
  }

  public VisualSource source() {
    return source;
  }

  /**
   * What is prepared for this frame, so that several are laid together; null when {@link #lay} has
   * to be called.
   *
   * @param frame for which the source is asked
   */
  public @Nullable Overlay ready(
      VideoFrame target, TimestampedFrame frame, Placement placement, double opacity) {
    Kept before = kept;
    return before.overlay() != null
            && target.format() == PixelFormat.I420
            && before.isFor(source.version(frame), target.shape(), placement, opacity)
        ? before.overlay()
        : null;
  }

  /**
   * Lays the picture of a frame; one that is the target itself is there already.
   *
   * <p><b>Ownership:</b> both are lent; {@code target} is the caller's alone.
   *
   * @param frame for which the source is asked
   * @return whether there was a picture
   */
  public boolean lay(
      VideoFrame target, TimestampedFrame frame, Placement placement, double opacity) {
    Object version = source.version(frame);
    Kept before = kept;
    boolean same =
        version != VisualSource.LIVE
            && target.format() == PixelFormat.I420
            && before.isFor(version, target.shape(), placement, opacity);
    if (same && before.overlay() != null) {
      before.overlay().lay(target);
      return true;
    }
    VideoFrame picture = source.picture(frame);
    if (picture == null) {
      return false;
    }
    try (picture) {
      if (picture == target) {
        return true;
      }
      Overlay prepared = same ? Overlay.prepare(means, picture, placement, opacity, target) : null;
      if (prepared == null) {
        Overlay.lay(means, picture, placement, opacity, target);
      } else {
        prepared.lay(target);
      }
      remember(new Kept(version, target.shape(), placement, opacity, prepared));
    }
    return true;
  }

  private void remember(Kept now) {
    kept = now.version() == VisualSource.LIVE ? Kept.NOTHING : now;
  }
}
