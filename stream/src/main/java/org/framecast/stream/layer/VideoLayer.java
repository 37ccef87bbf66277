package org.framecast.stream.layer;

import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/** The picture itself: as a step it passes through, as a visual it is the picture that passes. */
public final class VideoLayer implements Layer, VisualSource {
  @Override
  public String name() {
    return VideoLayerProvider.NAME;
  }

  /** Leaves everything as it is. */
  @Override
  public void process(TimestampedFrame frame) {}

  @Override
  public VideoFrame picture(TimestampedFrame frame) {
    return frame.pixels().hold();
  }
}
