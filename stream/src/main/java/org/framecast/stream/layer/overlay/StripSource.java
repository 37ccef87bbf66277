package org.framecast.stream.layer.overlay;

/** Prepares the strips of an area, each two rows of luma and one of chroma high. */
interface StripSource {
  /** Fills a place of {@code strips}: what each cell covers, and the values of those that do. */
  void prepare(int strip, Strips strips, int slot);
}
