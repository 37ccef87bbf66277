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
 * <p>Only the publisher's own rendition can be passed on. Whoever wants another one, in another
 * codec or smaller, is sent what is decoded and encoded for it while somebody does; those who watch
 * the publisher's own go on with that.
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
  /** The two ways of the publisher's own rendition. */
  public enum Way {
    PASSED,
    PROCESSED
  }

  /** What became of one of the publisher's pictures. */
  public enum Outcome {
    /** It went to the viewers as it is. */
    PASSED,
    /** The same, and to the decoder. */
    SHARED,
    /** It went to the decoder. */
    DECODED,
    /** Nothing but a keyframe is of use now. */
    DROPPED
  }

  /**
   * The publisher.
   *
   * @param rendition what it sends
   * @param keyframeWanted asks it for a keyframe
   */
  public record Origin(Rendition rendition, Runnable keyframeWanted) {}

  private final Rendition own;
  private final Runnable askPublisher;
  private final RenditionSink viewers;
  private final DecodeLoop decoding;
  private final RenditionDemand encoding;
  private final Object delivery = new Object();
  private final Object demand = new Object();
  private final Set<Rendition> wanted = new HashSet<>();
  // Whether the own rendition, encoded here, had its keyframe since the way changed.
  private boolean begun;
  // Of the thread that brings the publisher's pictures.
  private boolean decoded;
  // Somebody wants what can only be encoded here.
  private volatile boolean othersWanted;
  // Somebody takes the pictures themselves, as a recording does.
  private volatile boolean picturesWanted;
  private volatile Way target;
  private volatile Way way;

  /**
   * @param viewers take what passes, and what was encoded
   * @param decoding takes what is to be processed
   * @param encoding hears what the viewers want of what is encoded here
   */
  public PassSwitch(
      Way first,
      Origin origin,
      RenditionSink viewers,
      DecodeLoop decoding,
      RenditionDemand encoding) {
    this.own = origin.rendition();
    this.askPublisher = origin.keyframeWanted();
    this.viewers = viewers;
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

  /** Which way the publisher's own rendition goes now. */
  public Way way() {
    return way;
  }

  /** Takes the publisher's next picture. */
  public Outcome video(AccessUnit unit) {
    Way next = target;
    if (next != way) {
      if (unit.kind() == AccessUnit.Kind.KEYFRAME) {
        change(next);
      } else {
        askPublisher.run();
      }
    }
    boolean passes = way == Way.PASSED && next == Way.PASSED;
    if (passes) {
      synchronized (delivery) {
        viewers.deliver(own, unit);
      }
    }
    boolean taken = decode(unit, way == Way.PROCESSED || othersWanted || picturesWanted);
    if (passes) {
      return taken ? Outcome.SHARED : Outcome.PASSED;
    }
    return taken ? Outcome.DECODED : Outcome.DROPPED;
  }

  /** Decoding begins at a keyframe, and ends when nobody needs it. */
  private boolean decode(AccessUnit unit, boolean needed) {
    if (!needed) {
      if (decoded) {
        decoded = false;
        decoding.rest();
      }
      return false;
    }
    if (!decoded && unit.kind() != AccessUnit.Kind.KEYFRAME) {
      askPublisher.run();
      return false;
    }
    decoded = true;
    decoding.offer(unit);
    return true;
  }

  private void change(Way next) {
    synchronized (delivery) {
      begun = false;
      way = next;
    }
    synchronized (demand) {
      if (wanted.contains(own)) {
        switch (next) {
          case PROCESSED -> {
            encoding.wanted(own);
            encoding.keyframeWanted(own);
          }
          case PASSED -> encoding.unwanted(own);
        }
      }
    }
  }

  /** Takes a picture that was encoded here; one of the own rendition is dropped when it is late. */
  public void encoded(Rendition rendition, AccessUnit unit) {
    if (!rendition.equals(own)) {
      viewers.deliver(rendition, unit);
      return;
    }
    boolean late;
    synchronized (delivery) {
      late = way == Way.PASSED;
      begun |= !late && unit.kind() == AccessUnit.Kind.KEYFRAME;
      if (!late && begun) {
        viewers.deliver(rendition, unit);
        return;
      }
    }
    if (!late) {
      encoding.keyframeWanted(rendition);
    }
  }

  /** Pictures are decoded from now on, whichever way they go; beginning at a keyframe. */
  public void picturesWanted() {
    picturesWanted = true;
    if (way == Way.PASSED) {
      askPublisher.run();
    }
  }

  /** Nobody takes decoded pictures any more beside those who want renditions. */
  public void picturesUnwanted() {
    picturesWanted = false;
  }

  @Override
  public void wanted(Rendition rendition) {
    boolean first;
    synchronized (demand) {
      wanted.add(rendition);
      boolean other = !rendition.equals(own);
      if (other || way == Way.PROCESSED) {
        encoding.wanted(rendition);
      }
      first = other && !othersWanted;
      othersWanted |= other;
    }
    if (first && way == Way.PASSED) {
      askPublisher.run();
    }
  }

  @Override
  public void unwanted(Rendition rendition) {
    synchronized (demand) {
      wanted.remove(rendition);
      if (!rendition.equals(own) || way == Way.PROCESSED) {
        encoding.unwanted(rendition);
      }
      othersWanted = wanted.stream().anyMatch(it -> !it.equals(own));
    }
  }

  @Override
  public void keyframeWanted(Rendition rendition) {
    if (rendition.equals(own) && way == Way.PASSED) {
      askPublisher.run();
    } else {
      encoding.keyframeWanted(rendition);
    }
  }

  @Override
  public void bitrate(Rendition rendition, int bitrateBps) {
    encoding.bitrate(rendition, bitrateBps);
  }
}
