package org.framecast.stream.flow.brokenrule;

import org.framecast.stream.codec.ffmpeg.brokenrule.Adapter;

/** Adapters are found, not named. */
public final class NamesAnAdapter {
  Adapter adapter = new Adapter();
}
