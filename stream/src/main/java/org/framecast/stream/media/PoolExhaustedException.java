package org.framecast.stream.media;

/**
 * A pool has lent all that it may: the caller drops what it wanted to store, and counts the drop.
 */
public final class PoolExhaustedException extends MediaException {
  private static final long serialVersionUID = 1L;

  PoolExhaustedException(String pool, String limit) {
    super(Code.POOL_EXHAUSTED, "pool " + pool + " has lent all of its " + limit);
  }
}
