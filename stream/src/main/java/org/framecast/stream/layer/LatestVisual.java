package org.framecast.stream.layer;

import org.framecast.stream.flow.LatestPictures;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/** What another source shows now, as a visual. */
public final class LatestVisual implements VisualSource {
  private final LatestPictures pictures;
  private final String source;

  /**
   * @param source the name of the other source
   */
  public LatestVisual(LatestPictures pictures, String source) {
    this.pictures = pictures;
    this.source = source;
  }

  @Override
  public @Nullable VideoFrame picture(TimestampedFrame frame) {
    return pictures.latest(source);
  }
}
