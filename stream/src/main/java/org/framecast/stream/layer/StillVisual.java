package org.framecast.stream.layer;

import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/** An image that stays, as a visual. */
public final class StillVisual implements VisualSource {
  private final StillImage image;
  private final FramePool pool;

  /**
   * @param pool where the frame comes from that it is shown by, until it is prepared
   */
  public StillVisual(StillImage image, FramePool pool) {
    this.image = image;
    this.pool = pool;
  }

  @Override
  public Object version(TimestampedFrame frame) {
    return this;
  }

  @Override
  public VideoFrame picture(TimestampedFrame frame) {
    VideoFrame picture =
        pool.acquire(new FrameShape(PixelFormat.RGBA, image.width(), image.height()));
    Canvases.copy(image.argb(), picture);
    return picture;
  }
}
