package org.framecast.stream.layer.overlay;

/** What pictures are laid with: the arithmetic, and the tables of how they are scaled. */
record Means(RowKernel kernel, Axes axes) {
  /** The fastest arithmetic of this machine, and no tables yet. */
  static Means best() {
    return with(RowKernel.best());
  }

  static Means with(RowKernel kernel) {
    return new Means(kernel, new Axes());
  }
}
