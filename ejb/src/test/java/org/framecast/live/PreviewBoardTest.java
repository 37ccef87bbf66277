package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PreviewBoardTest {
  private static final Duration LINGER = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();
  private final PreviewBoard board = new PreviewBoard(nanos::get);

  @Test
  void whoAsksMakesAStreamWantedForAWhile() {
    assertEquals(Set.of(), board.wanted(LINGER));
    assertNull(board.latest("gate"));
    board.want("roof");
    assertEquals(Set.of("gate", "roof"), board.wanted(LINGER));
    nanos.addAndGet(LINGER.toNanos());
    assertNull(board.latest("roof"));
    assertEquals(Set.of("gate", "roof"), board.wanted(LINGER), "at the edge");
    nanos.incrementAndGet();
    assertEquals(Set.of("roof"), board.wanted(LINGER));
    nanos.addAndGet(LINGER.toNanos());
    assertEquals(Set.of(), board.wanted(LINGER));
  }
}
