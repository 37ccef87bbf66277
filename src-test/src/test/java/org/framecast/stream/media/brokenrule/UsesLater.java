package org.framecast.stream.media.brokenrule;

import org.framecast.stream.pipeline.brokenrule.Later;

/** An early package must not use a later one. */
public final class UsesLater {
  Later later = new Later();
}
