package org.framecast.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.framecast.config.ServerConfig;
import org.framecast.live.Recordable;
import org.framecast.session.RecordedEvents;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.session.StepClock;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.pipeline.SinkStatistics;
import org.junit.jupiter.api.Test;

class RunningRecordingsTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final Session owner =
      new SessionRegistry(
              ServerConfig.read(key -> Optional.empty(), Path.of("data")),
              new StepClock(),
              new RecordedEvents<>())
          .open("192.0.2.1", Optional.empty())
          .session();
  private final RunningRecordings recordings = new RunningRecordings();
  private final Target target = new Target();

  /** A stream with one sink of that name, or none. */
  private static final class Target implements Recordable {
    final List<SinkStatistics.State> sinks = new ArrayList<>();
    final CountDownLatch removing = new CountDownLatch(1);
    final CountDownLatch mayGo = new CountDownLatch(1);
    int removed;
    boolean waits;

    @Override
    public void addSink(String name, StreamSink sink) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeSink(String name, Duration limit) {
      assertEquals(Recordable.RECORDING, name);
      removing.countDown();
      try {
        assertTrue(!waits || mayGo.await(10, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      removed++;
      return !sinks.isEmpty() && sinks.removeFirst() == SinkStatistics.State.RUNNING;
    }

    @Override
    public boolean completeSink(String name, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SinkStatistics> sinks() {
      return sinks.stream()
          .map(state -> new SinkStatistics(Recordable.RECORDING, state, 0, 0, 0))
          .toList();
    }
  }

  private Recordings.Running begin(String file) {
    target.sinks.add(SinkStatistics.State.RUNNING);
    Recordings.Running recording =
        new Recordings.Running(
            owner, "s", file, Instant.EPOCH, target, new RunningRecordings.End());
    recordings.begun(recording);
    return recording;
  }

  /** One asks to end it at the moment when it has failed, and the next has begun. */
  @Test
  void whoEndsOneThatHasGoneDoesNotEndTheNext() {
    Recordings.Running first = begin("1.mp4");
    target.sinks.set(0, SinkStatistics.State.FAILED);
    recordings.end(first, LIMIT);
    Recordings.Running next = begin("2.mp4");
    recordings.end(first, LIMIT);
    assertTrue(next.writes(), "the next still writes");
    assertEquals(Optional.of(next), recordings.of("s"));
    recordings.end(next, LIMIT);
    assertEquals(2, target.removed);
    assertFalse(recordings.isRecorded("s"));
  }

  @Test
  void ofTwoWhoEndItOneDoesAndTheOtherWaits() throws Exception {
    target.waits = true;
    Recordings.Running only = begin("1.mp4");
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Future<?> one = both.submit(() -> recordings.end(only, LIMIT));
      assertTrue(target.removing.await(10, TimeUnit.SECONDS));
      assertTrue(recordings.isRecorded("s"), "until its sink has gone no other begins");
      Future<Integer> other =
          both.submit(
              () -> {
                recordings.end(only, LIMIT);
                return target.removed;
              });
      assertThrows(TimeoutException.class, () -> other.get(200, TimeUnit.MILLISECONDS));
      target.mayGo.countDown();
      one.get(10, TimeUnit.SECONDS);
      assertEquals(1, other.get(10, TimeUnit.SECONDS));
    }
    assertEquals(1, target.removed);
    assertEquals(0, recordings.size());
  }
}
