package org.framecast.stream.flow;

import java.util.function.Supplier;
import org.framecast.stream.media.Rendition;

/**
 * What viewers want, handed on to something that is made after the place they come to.
 *
 * @param target asked at each call; viewers come when it is there
 */
public record LateDemand(Supplier<? extends RenditionDemand> target) implements RenditionDemand {
  @Override
  public void wanted(Rendition rendition) {
    target.get().wanted(rendition);
  }

  @Override
  public void unwanted(Rendition rendition) {
    target.get().unwanted(rendition);
  }

  @Override
  public void keyframeWanted(Rendition rendition) {
    target.get().keyframeWanted(rendition);
  }

  @Override
  public void bitrate(Rendition rendition, int bitrateBps) {
    target.get().bitrate(rendition, bitrateBps);
  }
}
