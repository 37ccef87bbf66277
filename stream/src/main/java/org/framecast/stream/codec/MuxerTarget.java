package org.framecast.stream.codec;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the bytes of a muxer go. */
public sealed interface MuxerTarget {
  /** A file, made or emptied. */
  record ToFile(Path path) implements MuxerTarget {}

  /**
   * Memory: what is complete comes in one piece at each flush, the header alone at first.
   *
   * <p><b>Ownership:</b> the bytes are lent for the call.
   */
  record ToMemory(Consumer<MemorySegment> receiver) implements MuxerTarget {}
}
