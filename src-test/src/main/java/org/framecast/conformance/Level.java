package org.framecast.conformance;

/** How binding a clause is. */
public enum Level {
  /** L: must. */
  MUST("L"),
  /** S: should. */
  SHOULD("S"),
  /** M: may; a failure is told of and does not count. */
  MAY("M");

  private final String letter;

  Level(String letter) {
    this.letter = letter;
  }

  public String letter() {
    return letter;
  }
}
