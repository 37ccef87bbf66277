package org.framecast.stream.pipeline;

import java.util.HashSet;
import java.util.Set;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.RenditionSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Rendition;

/**
 * Where the pictures of a publisher who encodes them itself go: straight to the viewers, or through
 * decoder, layers and encoder. The way changes at a keyframe of the publisher's.
 *
 * <p>From the moment that pictures are to be processed, none passes by: what a layer is to hide is
 * not shown while the keyframe is on its way. In the other direction the processed pictures go on
 * until the keyframe comes.
 *
 * <p><b>Thread:</b> {@link #video} one at a time; {@link #encoded} one at a time for each
 * rendition; the rest any. Two locks, never held together by those who ask: one for what is
 * delivered, one for who wants what.
 *
 * <p><b>Ownership:</b> units are lent for the call.
 */
public final class PassSwitch implements RenditionDemand {
  /** The two ways. */
  public enum Way {
    PASSED,
    PROCESSED
  }

  private final RenditionSink viewers;
  private final Runnable askPublisher;
  private final DecodeLoop decoding;
  private final RenditionDemand encoding;
  private final Object demand = new Object();
  private final Set<Rendition> wanted = new HashSet<>();
  // Renditions that have had their keyframe since the way changed.
  private final Set<Rendition> begun = new HashSet<>();
  private volatile Way target;
  private volatile Way way;

  /**
   * @param viewers take what passes, and what was encoded
   * @param askPublisher asks the publisher for a keyframe
   * @param decoding takes what is to be processed
   * @param encoding hears what the viewers want while pictures are processed
   */
  public PassSwitch(
      Way first,
      RenditionSink viewers,
      Runnable askPublisher,
      DecodeLoop decoding,
      RenditionDemand encoding) {
    this.viewers = viewers;
    this.askPublisher = askPublisher;
    this.decoding = decoding;
    this.encoding = encoding;
    target = first;
    way = first;
  }

  /** Says which way pictures should go from now on. */
  public void to(Way wantedWay) {
    target = wantedWay;
    if (way != wantedWay) {
      askPublisher.run();
    }
  }

  /** Which way pictures go now. */
  public Way way() {
    return way;
  }

  /**
   * Takes the publisher's next picture.
   *
   * @return whether it was passed on as it is
   */
  public boolean video(AccessUnit unit) {
    Way next = target;
    if (next != way) {
      if (unit.kind() == AccessUnit.Kind.KEYFRAME) {
        change(next);
      } else {
        askPublisher.run();
        if (next == Way.PROCESSED) {
          return false;
        }
      }
    }
    switch (way) {
      case PASSED -> {
        synchronized (begun) {
          viewers.deliver(Rendition.best(unit.codec()), unit);
        }
        return true;
      }
      case PROCESSED -> decoding.offer(unit);
    }
    return false;
  }

  private void change(Way next) {
    synchronized (begun) {
      begun.clear();
      way = next;
    }
    synchronized (demand) {
      for (Rendition rendition : wanted) {
        switch (next) {
          case PROCESSED -> {
            encoding.wanted(rendition);
            encoding.keyframeWanted(rendition);
          }
          case PASSED -> encoding.unwanted(rendition);
        }
      }
    }
  }

  /** Takes a picture that was encoded here; it is dropped when it comes too late. */
  public void encoded(Rendition rendition, AccessUnit unit) {
    boolean late;
    synchronized (begun) {
      boolean keyframe = unit.kind() == AccessUnit.Kind.KEYFRAME;
      late = way == Way.PASSED;
      if (!late && (begun.contains(rendition) || keyframe)) {
        begun.add(rendition);
        viewers.deliver(rendition, unit);
        return;
      }
    }
    if (!late) {
      encoding.keyframeWanted(rendition);
    }
  }

  @Override
  public void wanted(Rendition rendition) {
    synchronized (demand) {
      wanted.add(rendition);
      if (way == Way.PROCESSED) {
        encoding.wanted(rendition);
      }
    }
  }

  @Override
  public void unwanted(Rendition rendition) {
    synchronized (demand) {
      wanted.remove(rendition);
      if (way == Way.PROCESSED) {
        encoding.unwanted(rendition);
      }
    }
  }

  @Override
  public void keyframeWanted(Rendition rendition) {
    switch (way) {
      case PASSED -> askPublisher.run();
      case PROCESSED -> encoding.keyframeWanted(rendition);
    }
  }

  @Override
  public void bitrate(Rendition rendition, int bitrateBps) {
    encoding.bitrate(rendition, bitrateBps);
  }
}
