package org.framecast.stream.flow;

import org.framecast.stream.media.Rendition;

/** Hears nothing. */
enum NoDemand implements RenditionDemand {
  INSTANCE;

  @Override
  public void wanted(Rendition rendition) {}

  @Override
  public void unwanted(Rendition rendition) {}

  @Override
  public void keyframeWanted(Rendition rendition) {}

  @Override
  public void bitrate(Rendition rendition, int bitrateBps) {}
}
