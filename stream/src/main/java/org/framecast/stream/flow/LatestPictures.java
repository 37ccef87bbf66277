package org.framecast.stream.flow;

import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/** What each of several sources showed last, by the name of the source. */
@FunctionalInterface
public interface LatestPictures {
  /**
   * <b>Thread:</b> any.
   *
   * <p><b>Ownership:</b> the picture is a hold of the caller's, who only reads.
   *
   * @return null when there is no such source, or nothing of it yet
   */
  @Nullable VideoFrame latest(String source);
}
