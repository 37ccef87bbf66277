package org.framecast.stream.webrtc;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.Rendition;

/** Keeps what a fan-out asks of its encoders. */
public final class CountedDemand implements RenditionDemand {
  public final Set<Rendition> wanted = ConcurrentHashMap.newKeySet();
  public final AtomicInteger keyframes = new AtomicInteger();
  public final List<Rendition> keyframesOf = new CopyOnWriteArrayList<>();
  public final ConcurrentHashMap<Rendition, Integer> bitrates = new ConcurrentHashMap<>();
  public final AtomicInteger starts = new AtomicInteger();

  /** Whether there can be no encoder. */
  public volatile boolean fails;

  @Override
  public void wanted(Rendition rendition) {
    failIfTold();
    if (wanted.add(rendition)) {
      starts.incrementAndGet();
    }
  }

  @Override
  public void unwanted(Rendition rendition) {
    failIfTold();
    wanted.remove(rendition);
  }

  private void failIfTold() {
    if (fails) {
      throw new MediaException(MediaException.Code.CODEC_FAILED, "no encoder");
    }
  }

  @Override
  public void keyframeWanted(Rendition rendition) {
    keyframes.incrementAndGet();
    keyframesOf.add(rendition);
  }

  @Override
  public void bitrate(Rendition rendition, int bitrateBps) {
    bitrates.put(rendition, bitrateBps);
  }
}
