package org.framecast.stream.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfinishedTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable stubborn(String name) {
    return () -> {
      closed.add(name);
      throw new IllegalStateException(name);
    };
  }

  private void make(boolean whole) {
    try (Unfinished made = new Unfinished()) {
      made.add(part("first"));
      made.add(stubborn("second"));
      made.add(part("third"));
      if (!whole) {
        throw new IllegalArgumentException("no fourth");
      }
      made.finished();
    }
  }

  @Test
  void theLastPartIsClosedFirstAndOneThatFailsKeepsNone() {
    IllegalArgumentException why = assertThrows(IllegalArgumentException.class, () -> make(false));
    assertEquals(List.of("third", "second", "first"), closed);
    assertEquals("no fourth", why.getMessage());
    assertEquals("second", why.getSuppressed()[0].getMessage());
  }

  @Test
  void whatIsWholeStaysOpen() {
    make(true);
    assertEquals(List.of(), closed);
  }
}
