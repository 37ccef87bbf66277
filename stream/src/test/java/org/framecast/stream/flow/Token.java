package org.framecast.stream.flow;

import java.util.concurrent.atomic.AtomicInteger;

/** A thing that is closed once, counted. */
public final class Token implements AutoCloseable {
  public final long number;
  private final AtomicInteger open;
  private final AtomicInteger closes = new AtomicInteger();

  public Token(long number, AtomicInteger open) {
    this.number = number;
    this.open = open;
    open.incrementAndGet();
  }

  @Override
  public void close() {
    if (closes.incrementAndGet() != 1) {
      throw new IllegalStateException("token " + number + " is closed again");
    }
    open.decrementAndGet();
  }

  public boolean closed() {
    return closes.get() > 0;
  }
}
