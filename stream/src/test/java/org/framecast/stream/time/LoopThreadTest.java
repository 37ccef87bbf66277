package org.framecast.stream.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopThreadTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final LoopThread loop = new LoopThread("some-loop");
  private final BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
  private final ThreadFactory threads =
      Thread.ofPlatform().uncaughtExceptionHandler((thread, e) -> thrown.add(e)).factory();

  @Test
  void endsInTimeWhenItWasNeverStarted() {
    assertTrue(loop.awaitEnd(Deadline.in(Duration.ZERO)));
  }

  @Test
  void isWaitedForUntilTheDeadlineAndNoLonger() {
    CountDownLatch over = new CountDownLatch(1);
    loop.start(threads, () -> await(over));
    assertFalse(loop.awaitEnd(Deadline.in(Duration.ofMillis(20))));
    over.countDown();
    assertTrue(loop.awaitEnd(Deadline.in(LONG)));
  }

  @Test
  void endsAlsoByWhatItsBodyThrows() throws InterruptedException {
    IllegalStateException fault = new IllegalStateException("broken");
    loop.start(
        threads,
        () -> {
          throw fault;
        });
    assertTrue(loop.awaitEnd(Deadline.in(LONG)));
    assertEquals(fault, thrown.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void startsOnceAndBearsItsName() throws InterruptedException {
    BlockingQueue<String> names = new LinkedBlockingQueue<>();
    loop.start(threads, () -> names.add(Thread.currentThread().getName()));
    assertEquals("some-loop", names.poll(30, TimeUnit.SECONDS));
    assertThrows(IllegalStateException.class, () -> loop.start(threads, () -> {}));
    assertTrue(loop.awaitEnd(Deadline.in(LONG)));
  }

  @Test
  void anInterruptionEndsTheWaitingAndStaysSet() {
    CountDownLatch over = new CountDownLatch(1);
    loop.start(threads, () -> await(over));
    Thread.currentThread().interrupt();
    assertFalse(loop.awaitEnd(Deadline.in(LONG)));
    assertTrue(Thread.interrupted());
    over.countDown();
    assertTrue(loop.awaitEnd(Deadline.in(LONG)));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
