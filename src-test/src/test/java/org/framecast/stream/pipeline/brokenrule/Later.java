package org.framecast.stream.pipeline.brokenrule;

import org.framecast.stream.media.brokenrule.UsesLater;

/** A class of a later package, in a cycle with an earlier one. */
public final class Later {
  UsesLater back = new UsesLater();
}
