package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.FrameFeed;
import org.framecast.stream.flow.FrameQueue;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.flow.Token;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FrameProcessorTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final AtomicInteger open = new AtomicInteger();
  private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
  private final LoopContext context =
      new LoopContext(this::thread, MediaClock.system(), StageRecorder.none());

  private Thread thread(Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    threads.add(thread);
    return thread;
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(30_000);
      assertFalse(thread.isAlive(), thread.getName());
    }
    assertEquals(0, open.get());
  }

  private Iterator<Token> tokens(int count) {
    return LongStream.range(0, count).mapToObj(i -> new Token(i, open)).iterator();
  }

  /** Notes what it is handed, and closes it. */
  private static class Notes implements FrameSink<Token> {
    final List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
    final List<Long> sequences = Collections.synchronizedList(new ArrayList<>());
    final List<DropKind> drops = Collections.synchronizedList(new ArrayList<>());
    final List<Throwable> causes = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger callers = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();

    @Override
    public void deliver(Token result, FrameTicket ticket) {
      assertEquals(1, callers.incrementAndGet());
      numbers.add(result.number);
      sequences.add(ticket.sequence());
      result.close();
      callers.decrementAndGet();
    }

    @Override
    public void dropped(DropKind kind, @Nullable Throwable cause, FrameTicket ticket) {
      assertEquals(1, callers.incrementAndGet());
      drops.add(kind);
      sequences.add(ticket.sequence());
      if (cause != null) {
        causes.add(cause);
      }
      callers.decrementAndGet();
    }

    @Override
    public void ended(@Nullable Throwable failure) {
      ends.incrementAndGet();
      if (failure != null) {
        causes.add(failure);
      }
    }
  }

  private static void busy(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Test
  void keepsTheOrderAndTheBoundWithTasksOfAnyLength() throws InterruptedException {
    int frames = 2_000;
    int workers = 12;
    int maxInFlight = 16;
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Random random = new Random(7);
    int[] millis = random.ints(frames, 1, 61).toArray();
    Notes notes =
        new Notes() {
          @Override
          public void deliver(Token result, FrameTicket ticket) {
            super.deliver(result, ticket);
            inFlight.decrementAndGet();
          }

          @Override
          public void dropped(DropKind kind, @Nullable Throwable cause, FrameTicket ticket) {
            super.dropped(kind, cause, ticket);
            inFlight.decrementAndGet();
          }
        };
    Iterator<Token> tokens = tokens(frames);
    FrameFeed<Token> counted =
        () -> {
          if (!tokens.hasNext()) {
            return null;
          }
          int now = inFlight.incrementAndGet();
          most.accumulateAndGet(now, Math::max);
          return tokens.next();
        };
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            context,
            ProcessorSettings.of("p", workers, maxInFlight),
            counted,
            () ->
                (input, settings, ticket) -> {
                  busy(Duration.ofMillis(millis[(int) input.number]));
                  if (input.number % 97 == 13) {
                    throw new IllegalStateException("frame " + input.number);
                  }
                  return input;
                },
            notes);
    processor.start("");
    assertTrue(processor.awaitEnd(Duration.ofSeconds(60)));
    List<Long> expected = LongStream.range(0, frames).filter(i -> i % 97 != 13).boxed().toList();
    assertEquals(expected, notes.numbers);
    assertEquals(LongStream.range(0, frames).boxed().toList(), notes.sequences);
    assertEquals(frames - expected.size(), processor.dropped(DropKind.ERROR));
    assertEquals(frames - expected.size(), notes.drops.size());
    assertEquals(maxInFlight, most.get());
    assertEquals(1, notes.ends.get());
    assertEquals(0, processor.inFlight());
  }

  @Test
  void aLiveQueueDropsAndCountsWhileNothingIsLostInside() throws InterruptedException {
    FrameQueue<Token> queue = FrameQueue.latest("q", 2);
    Notes notes = new Notes();
    CountDownLatch full = new CountDownLatch(1);
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            context,
            ProcessorSettings.of("p", 2, 4),
            queue,
            () ->
                (input, settings, ticket) -> {
                  await(full);
                  busy(Duration.ofMillis(2));
                  return input;
                },
            notes);
    processor.start("");
    for (int i = 0; i < 500; i++) {
      assertTrue(queue.offer(new Token(i, open)));
      if (i == 20) {
        full.countDown();
      }
      busy(Duration.ofNanos(300_000));
    }
    queue.finish();
    assertTrue(processor.awaitEnd(SOON));
    assertTrue(queue.dropped() > 0);
    assertEquals(500, notes.numbers.size() + queue.dropped());
    assertEquals(notes.numbers.stream().sorted().toList(), notes.numbers);
    assertEquals(499L, notes.numbers.getLast());
  }

  @Test
  void eachFrameKeepsTheSettingsOfItsAcceptance() throws InterruptedException {
    FrameQueue<Token> queue = FrameQueue.everyFrame("q", 8);
    CountDownLatch taken = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            context,
            ProcessorSettings.of("p", 2, 2),
            queue,
            () ->
                (input, settings, ticket) -> {
                  taken.countDown();
                  await(go);
                  seen.add(input.number + settings);
                  return input;
                },
            new Notes());
    processor.start("a");
    queue.offer(new Token(0, open));
    queue.offer(new Token(1, open));
    assertTrue(taken.await(30, TimeUnit.SECONDS));
    queue.offer(new Token(2, open));
    processor.settings("b");
    go.countDown();
    queue.finish();
    assertTrue(processor.awaitEnd(SOON));
    assertEquals(List.of("0a", "1a", "2b"), seen.stream().sorted().toList());
  }

  @Test
  void stopInFullFlightClosesEverything() throws InterruptedException {
    for (StopMode mode : StopMode.values()) {
      FrameQueue<Token> queue = FrameQueue.everyFrame("q", 20);
      CountDownLatch begun = new CountDownLatch(3);
      CountDownLatch go = new CountDownLatch(1);
      Notes notes = new Notes();
      FrameProcessor<Token, String, Token> processor =
          new FrameProcessor<>(
              context,
              ProcessorSettings.of("p", 3, 6),
              queue,
              () ->
                  (input, settings, ticket) -> {
                    begun.countDown();
                    if (input.number == 0) {
                      await(go);
                    }
                    return new Token(input.number, open);
                  },
              notes);
      for (int i = 0; i < 20; i++) {
        queue.offer(new Token(i, open));
      }
      processor.start("");
      assertTrue(begun.await(30, TimeUnit.SECONDS));
      while (processor.inFlight() < 6) {
        Thread.onSpinWait();
      }
      // The oldest hangs: the others wait for it, and the stop cannot end in time.
      assertFalse(processor.stop(mode, Duration.ofMillis(50)));
      go.countDown();
      assertTrue(processor.awaitEnd(SOON));
      assertEquals(14, open.get(), "what is left is the queue's");
      queue.close();
      assertEquals(0, open.get());
      assertEquals(List.of(), notes.numbers);
      assertEquals(1, notes.ends.get());
    }
  }

  @Test
  void stopFinishesWhatIsInFlightWhenItMay() throws InterruptedException {
    FrameQueue<Token> queue = FrameQueue.everyFrame("q", 20);
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    Notes notes = new Notes();
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            context,
            ProcessorSettings.of("p", 2, 4),
            queue,
            () ->
                (input, settings, ticket) -> {
                  begun.countDown();
                  await(go);
                  return input;
                },
            notes);
    for (int i = 0; i < 20; i++) {
      queue.offer(new Token(i, open));
    }
    processor.start("");
    assertTrue(begun.await(30, TimeUnit.SECONDS));
    CompletableFuture<Boolean> stopped = new CompletableFuture<>();
    Thread stopper =
        Thread.ofPlatform().start(() -> stopped.complete(processor.stop(StopMode.DRAIN, SOON)));
    while (stopper.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    go.countDown();
    assertTrue(stopped.join());
    assertEquals(processor.accepted(), notes.numbers.size());
    assertTrue(notes.numbers.size() >= 2 && notes.numbers.size() < 20);
    queue.close();
  }

  @Test
  void stopWakesAWorkerThatWaitsForTheFeed() {
    FrameQueue<Token> queue = FrameQueue.latest("q", 2);
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            context, ProcessorSettings.of("p", 3, 4), queue, () -> (i, s, t) -> i, new Notes());
    processor.start("");
    while (threads.stream().noneMatch(t -> t.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    assertTrue(processor.stop(StopMode.DRAIN, SOON));
  }

  @Test
  void aLateResultIsDroppedAndCounted() throws InterruptedException {
    AtomicLong now = new AtomicLong();
    LoopContext fake = new LoopContext(this::thread, now::get, StageRecorder.none());
    Notes notes = new Notes();
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            fake,
            new ProcessorSettings("p", 1, 1, Duration.ofNanos(100)),
            FrameFeed.of(tokens(3)),
            () ->
                (input, settings, ticket) -> {
                  now.addAndGet(input.number == 1 ? 101 : 100);
                  if (input.number == 2) {
                    now.addAndGet(500);
                    ticket.countLateAs(DropKind.PRIVACY);
                  }
                  return input;
                },
            notes);
    processor.start("");
    assertTrue(processor.awaitEnd(SOON));
    assertEquals(List.of(0L), notes.numbers);
    assertEquals(List.of(DropKind.LATE, DropKind.PRIVACY), notes.drops);
    assertEquals(1, processor.dropped(DropKind.LATE));
    assertEquals(1, processor.dropped(DropKind.PRIVACY));
  }

  @Test
  void noResultIsADropOfTheKindThatTheWorkerSays() throws InterruptedException {
    Notes notes = new Notes();
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            context,
            ProcessorSettings.of("p", 1, 2),
            FrameFeed.of(tokens(2)),
            () ->
                (input, settings, ticket) -> {
                  if (input.number == 0) {
                    ticket.drop(DropKind.PRIVACY, new IllegalStateException("why"));
                  }
                  return null;
                },
            notes);
    processor.start("");
    assertTrue(processor.awaitEnd(SOON));
    assertEquals(List.of(DropKind.PRIVACY, DropKind.ERROR), notes.drops);
    assertEquals(1, notes.causes.size());
  }

  @Test
  void aSinkAFeedOrAnOpenThatThrowsLeavesNothingBehind() throws InterruptedException {
    AtomicInteger opens = new AtomicInteger();
    AtomicInteger closes = new AtomicInteger();
    Iterator<Token> tokens = tokens(5);
    Notes notes =
        new Notes() {
          @Override
          public void deliver(Token result, FrameTicket ticket) {
            super.deliver(result, ticket);
            if (result.number == 1) {
              throw new IllegalArgumentException("sink");
            }
          }
        };
    FrameProcessor<Token, String, Token> processor =
        new FrameProcessor<>(
            context,
            ProcessorSettings.of("p", 1, 2),
            () -> {
              if (!tokens.hasNext()) {
                throw new IllegalStateException("feed");
              }
              return tokens.next();
            },
            () -> {
              if (opens.incrementAndGet() == 1) {
                throw new IllegalStateException("open");
              }
              return new Passing(closes);
            },
            notes);
    processor.start("");
    assertTrue(processor.awaitEnd(SOON));
    assertEquals(List.of(1L, 2L, 3L, 4L), notes.numbers);
    assertEquals(2, processor.dropped(DropKind.ERROR));
    assertEquals("feed", notes.causes.getLast().getMessage());
    assertInstanceOf(IllegalStateException.class, notes.causes.getFirst());
    assertEquals(1, closes.get());
  }

  private record Passing(AtomicInteger closes) implements FrameWorker<Token, String, Token> {
    @Override
    public Token process(Token input, String settings, FrameTicket ticket) {
      return input;
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        assertTrue(latch.await(30, TimeUnit.SECONDS));
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    assertFalse(interrupted, "a worker at work was interrupted");
  }
}
