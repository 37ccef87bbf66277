package org.framecast.stream.flow.brokenrule;

/** Exceptions have a type of their own. */
public final class ThrowsAnything {
  void fail() {
    throw new RuntimeException("anything");
  }
}
