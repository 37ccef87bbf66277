package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.framecast.live.IngestGuard.Verdict;
import org.junit.jupiter.api.Test;

class IngestGuardTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final IngestGuard guard = new IngestGuard(now::get, 20, 120);

  @Test
  void twentyErrorsAreBorneAndTheNextIsNot() {
    for (int i = 0; i < 20; i++) {
      assertEquals(Verdict.GO_ON, guard.error(StreamEvent.Code.TEXT_UNEXPECTED));
    }
    assertEquals(Verdict.ABUSE, guard.error(StreamEvent.Code.TEXT_UNEXPECTED));
  }

  @Test
  void errorsAreForgottenAfterTenSeconds() {
    for (int i = 0; i < 200; i++) {
      assertEquals(Verdict.GO_ON, guard.error(StreamEvent.Code.TEXT_UNEXPECTED));
      now.addAndGet(SECOND / 2);
    }
  }

  @Test
  void theThirdOversizedMessageIsTheLast() {
    assertEquals(Verdict.GO_ON, guard.error(StreamEvent.Code.MESSAGE_TOO_LARGE));
    assertEquals(Verdict.GO_ON, guard.error(StreamEvent.Code.MESSAGE_TOO_LARGE));
    assertEquals(Verdict.TOO_LARGE, guard.error(StreamEvent.Code.MESSAGE_TOO_LARGE));
  }

  @Test
  void framesAreAdmittedAtTheirRateAndASecondAtOnce() {
    for (int i = 0; i < 120; i++) {
      assertTrue(guard.admitFrame());
    }
    assertFalse(guard.admitFrame());
    now.addAndGet(SECOND / 100);
    assertTrue(guard.admitFrame());
    assertFalse(guard.admitFrame());
    now.addAndGet(60 * SECOND);
    for (int i = 0; i < 120; i++) {
      assertTrue(guard.admitFrame());
    }
    assertFalse(guard.admitFrame(), "no more than a second's come at once after a pause");
  }
}
