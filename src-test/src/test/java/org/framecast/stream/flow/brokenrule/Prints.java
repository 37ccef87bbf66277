package org.framecast.stream.flow.brokenrule;

/** Nothing prints. */
public final class Prints {
  void print() {
    System.out.println();
  }
}
