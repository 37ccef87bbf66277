package org.framecast.stream.source.pattern;

import org.framecast.stream.flow.Label;

/** The test pictures that there are. */
public enum TestPattern {
  /** The colour bars of SMPTE EG 1, with the reverse bars and the levels around black. */
  @Label("SMPTE bars")
  SMPTE_BARS,
  /** Grid, circle, grey steps, colours and fine lines, by which size and sharpness are judged. */
  TEST_CARD,
  /** One colour. */
  SOLID,
  /** From black to white, and from black to a colour. */
  GRADIENT,
  /** A box that moves and turns round at the edges. */
  BOUNCING_BOX,
  /** Noise that scrolls: the hardest picture for an encoder. */
  SCROLLING_NOISE
}
