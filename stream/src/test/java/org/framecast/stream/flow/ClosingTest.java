package org.framecast.stream.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void allAreClosedAndEveryFailureIsTold() {
    List<Integer> closed = new ArrayList<>();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Closing.each(
                    List.of(1, 2, 3, 4),
                    n -> {
                      closed.add(n);
                      if (n % 2 == 0) {
                        throw new IllegalStateException("failure " + n);
                      }
                    }));
    assertEquals(List.of(1, 2, 3, 4), closed);
    assertEquals("failure 2", thrown.getMessage());
    assertEquals("failure 4", thrown.getSuppressed()[0].getMessage());
  }

  @Test
  void anInterruptIsNotForgotten() {
    AutoCloseable waits =
        () -> {
          throw new InterruptedException();
        };
    assertThrows(IllegalStateException.class, () -> Closing.closeAll(List.of(waits)));
    assertTrue(Thread.interrupted());
  }
}
