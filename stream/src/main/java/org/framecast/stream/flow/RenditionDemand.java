package org.framecast.stream.flow;

import org.framecast.stream.media.Rendition;

/**
 * Hears what the viewers of a stream need of its encoders: each rendition is encoded once, from its
 * first viewer to its last.
 *
 * <p><b>Thread:</b> any, also a native one: set a flag or enqueue, return.
 */
public interface RenditionDemand {
  /** Its first viewer has come. Repeated calls do nothing. */
  void wanted(Rendition rendition);

  /** Its last viewer has left. Repeated calls do nothing. */
  void unwanted(Rendition rendition);

  /** A viewer of it needs a keyframe soon. */
  void keyframeWanted(Rendition rendition);

  /**
   * What its viewers can take.
   *
   * @param bitrateBps 0 for what size, frame rate and content ask for
   */
  void bitrate(Rendition rendition, int bitrateBps);

  /** For what cannot be told anything, such as a clip that was encoded before. */
  static RenditionDemand none() {
    return NoDemand.INSTANCE;
  }
}
