package org.framecast.stream.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FrameQueueTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicInteger open = new AtomicInteger();

  @AfterEach
  void everythingIsClosed() {
    assertEquals(0, open.get());
  }

  private Token token(long number) {
    return new Token(number, open);
  }

  private static List<Long> drain(FrameQueue<Token> queue) {
    List<Long> numbers = new ArrayList<>();
    for (Token token = queue.poll(); token != null; token = queue.poll()) {
      numbers.add(token.number);
      token.close();
    }
    return numbers;
  }

  @Test
  void latestDropsFromTheHead() {
    FrameQueue<Token> queue = FrameQueue.latest("q", 3);
    for (int i = 0; i < 8; i++) {
      assertTrue(queue.offer(token(i)));
    }
    assertEquals(5, queue.dropped());
    assertEquals(3, open.get());
    assertEquals(List.of(5L, 6L, 7L), drain(queue));
    assertEquals(8, queue.accepted());
  }

  @Test
  void everyFrameRefusesTheNewcomer() {
    FrameQueue<Token> queue = FrameQueue.everyFrame("q", 2);
    assertTrue(queue.offer(token(0)));
    assertTrue(queue.offer(token(1)));
    Token refused = token(2);
    assertFalse(queue.offer(refused));
    assertFalse(refused.closed());
    assertEquals(1, queue.refused());
    assertEquals(0, queue.dropped());
    refused.close();
    assertEquals(List.of(0L, 1L), drain(queue));
  }

  @Test
  void untilKeyframeBeginsAtAKeyframeAndDropsToTheNextOne() {
    FrameQueue<Token> queue = FrameQueue.untilKeyframe("q", 3, token -> token.number % 10 == 0);
    assertTrue(queue.awaitsKeyframe());
    for (int i = 8; i < 14; i++) {
      assertTrue(queue.offer(token(i)));
    }
    // 8 and 9 came before a keyframe, 10 to 12 filled it, 13 overflowed it.
    assertTrue(queue.awaitsKeyframe());
    assertEquals(6, queue.dropped());
    assertEquals(0, queue.size());
    for (int i = 14; i < 23; i++) {
      assertTrue(queue.offer(token(i)));
    }
    assertFalse(queue.awaitsKeyframe());
    assertEquals(List.of(20L, 21L, 22L), drain(queue));
    assertEquals(12, queue.dropped());
  }

  @Test
  void aKeyframeThatOverflowsReplacesAllBeforeIt() {
    FrameQueue<Token> queue = FrameQueue.untilKeyframe("q", 2, token -> token.number % 10 == 0);
    queue.offer(token(0));
    queue.offer(token(1));
    queue.offer(token(10));
    assertFalse(queue.awaitsKeyframe());
    assertEquals(List.of(10L), drain(queue));
  }

  @Test
  void whatIsDroppedIsClosedOutsideTheLock() throws InterruptedException {
    List<FrameQueue<Probe>> queues =
        List.of(
            FrameQueue.latest("q", 1), FrameQueue.untilKeyframe("q", 1, probe -> probe.keyframe));
    for (FrameQueue<Probe> queue : queues) {
      AtomicInteger free = new AtomicInteger();
      for (int i = 0; i < 3; i++) {
        assertTrue(queue.put(new Probe(queue, free, i == 0), SECOND));
        assertTrue(queue.offer(new Probe(queue, free, false)));
      }
      queue.close();
      assertEquals(6, free.get(), queue.policy().toString());
    }
  }

  /** Counts the closes during which another thread could use the queue. */
  private static final class Probe implements AutoCloseable {
    private final FrameQueue<?> queue;
    private final AtomicInteger free;
    private final boolean keyframe;

    Probe(FrameQueue<?> queue, AtomicInteger free, boolean keyframe) {
      this.queue = queue;
      this.free = free;
      this.keyframe = keyframe;
    }

    @Override
    public void close() throws InterruptedException {
      Thread other = Thread.ofPlatform().daemon().start(queue::size);
      if (other.join(Duration.ofSeconds(30))) {
        free.incrementAndGet();
      }
    }
  }

  @Test
  void aQueueOfDependentItemsMustKnowItsKeyframes() {
    assertThrows(
        IllegalArgumentException.class, () -> FrameQueue.of("q", 2, DeliveryPolicy.UNTIL_KEYFRAME));
  }

  @Test
  void closeClosesWhatIsInsideAndRefuses() {
    FrameQueue<Token> queue = FrameQueue.latest("q", 4);
    queue.offer(token(0));
    queue.offer(token(1));
    queue.close();
    queue.close();
    assertEquals(0, open.get());
    assertEquals(2, queue.dropped());
    Token late = token(2);
    assertFalse(queue.offer(late));
    late.close();
    assertNull(queue.poll());
  }

  @Test
  void finishLetsTheRestBeTaken() throws InterruptedException {
    FrameQueue<Token> queue = FrameQueue.latest("q", 4);
    queue.offer(token(0));
    queue.finish();
    Token late = token(1);
    assertFalse(queue.offer(late));
    late.close();
    Token first = queue.take();
    assertEquals(0, first == null ? -1 : first.number);
    Closing.close(first);
    assertNull(queue.take());
  }

  @Test
  void closeWakesEveryoneWhoWaits() throws InterruptedException {
    FrameQueue<Token> empty = FrameQueue.latest("empty", 1);
    FrameQueue<Token> full = FrameQueue.everyFrame("full", 1);
    full.offer(token(0));
    Token waiting = token(1);
    CountDownLatch started = new CountDownLatch(3);
    AtomicInteger woken = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    started.countDown();
                    if (takeFrom(empty) == null) {
                      woken.incrementAndGet();
                    }
                  }));
    }
    threads.add(
        Thread.ofPlatform()
            .start(
                () -> {
                  started.countDown();
                  if (!putInto(full, waiting)) {
                    woken.incrementAndGet();
                  }
                }));
    assertTrue(started.await(30, TimeUnit.SECONDS));
    awaitWaiting(threads);
    empty.close();
    full.close();
    for (Thread thread : threads) {
      thread.join(30_000);
    }
    assertEquals(3, woken.get());
    waiting.close();
  }

  @Test
  void pollWaitsNoLongerThanItIsTold() throws InterruptedException {
    FrameQueue<Token> queue = FrameQueue.latest("q", 1);
    long start = System.nanoTime();
    assertNull(queue.poll(SECOND / 20));
    long waited = System.nanoTime() - start;
    assertTrue(waited >= SECOND / 20 && waited < 60 * SECOND, waited + " ns");
    FrameQueue<Token> full = FrameQueue.everyFrame("full", 1);
    full.offer(token(0));
    Token more = token(1);
    assertFalse(full.put(more, SECOND / 20));
    more.close();
    full.close();
  }

  @Test
  void oneSlowCloseKeepsNoOtherFromBeingClosed() {
    AtomicInteger closed = new AtomicInteger();
    FrameQueue<AutoCloseable> queue = FrameQueue.latest("q", 3);
    queue.offer(
        () -> {
          throw new IllegalStateException("cannot close");
        });
    queue.offer(closed::incrementAndGet);
    queue.offer(closed::incrementAndGet);
    assertThrows(IllegalStateException.class, queue::close);
    assertEquals(2, closed.get());
  }

  @Test
  void nothingIsLostBetweenManyProducersAndConsumers() throws InterruptedException {
    int producers = 3;
    int each = 20_000;
    FrameQueue<Token> queue = FrameQueue.everyFrame("q", 5);
    AtomicLong sum = new AtomicLong();
    List<Thread> senders = new ArrayList<>();
    List<Thread> takers = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      senders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 1; i <= each; i++) {
                      assertTrue(putInto(queue, token(i)));
                    }
                  }));
      takers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (Token t = takeFrom(queue); t != null; t = takeFrom(queue)) {
                      sum.addAndGet(t.number);
                      t.close();
                    }
                  }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    queue.finish();
    for (Thread taker : takers) {
      taker.join();
    }
    assertEquals((long) producers * each * (each + 1) / 2, sum.get());
    assertEquals(0, queue.dropped());
  }

  @Test
  void anIteratorIsAFeed() throws InterruptedException {
    FrameFeed<String> feed = FrameFeed.of(List.of("a", "b").iterator());
    assertSame("a", feed.next());
    assertSame("b", feed.next());
    assertNull(feed.next());
  }

  private static void awaitWaiting(List<Thread> threads) {
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private static @Nullable Token takeFrom(FrameQueue<Token> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean putInto(FrameQueue<Token> queue, Token token) {
    try {
      return queue.put(token, 10 * SECOND);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
