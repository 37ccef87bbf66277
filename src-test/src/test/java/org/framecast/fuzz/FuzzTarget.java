package org.framecast.fuzz;

import java.util.List;

/** Something that takes a stranger's bytes. */
public interface FuzzTarget extends AutoCloseable {
  /** Inputs as good clients send them. */
  List<byte[]> seeds();

  /** Words of the grammar, each with its line end where it is a line; none for binary input. */
  default List<String> words() {
    return List.of();
  }

  /**
   * Takes an input; must return whatever it is.
   *
   * @return whether it was taken for a good one
   */
  boolean feed(byte[] input);

  @Override
  void close();
}
