package org.framecast.hls;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.framecast.config.HlsSettings;
import org.framecast.session.Session;
import org.framecast.session.SessionProblems;
import org.framecast.stream.time.MediaClock;
import org.framecast.viewer.Admission;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for what a stream makes next: so many, and so long. None of them has a thread;
 * the executor sends what came.
 *
 * <p><b>Thread:</b> any.
 */
final class HlsWaits {
  /** <b>Source:</b> draft-pantos-hls-rfc8216bis §6.2.5.2 */
  private static final int SEGMENTS_TO_WAIT = 3;

  private final MediaClock clock;
  private final Executor work;
  private final long limitNanos;
  private final Admission places;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

  private record Waiting(HlsRun run, CompletableFuture<?> answer, long untilNanos) {}

  HlsWaits(HlsSettings settings, MediaClock clock, Executor work) {
    this.clock = clock;
    this.work = work;
    limitNanos = settings.segment().multipliedBy(SEGMENTS_TO_WAIT).toNanos();
    places =
        new Admission(
            new Admission.Limits(
                settings.maxWaiting(),
                settings.maxWaitingPerAddress(),
                HlsProblems.tooManyWaitingOfAddress(),
                HlsProblems.tooManyWaiting()));
  }

  /** Answers at once what is there, and the rest when it comes. */
  <T> CompletionStage<HlsOutcome> answer(
      HlsRequest request,
      HlsRun run,
      CompletableFuture<T> answer,
      Function<T, HlsOutcome> outcome) {
    if (answer.isDone()) {
      return CompletableFuture.completedStage(outcome.apply(answer.join()));
    }
    return switch (places.enter(request.address())) {
      case Admission.Entry.Full full -> {
        answer.cancel(false);
        yield CompletableFuture.completedStage(new HlsOutcome.Refused(full.problem()));
      }
      case Admission.Entry.Admitted(Admission.Place place) -> {
        Waiting one = new Waiting(run, answer, clock.nanos() + limitNanos);
        waiting.add(one);
        // Its place is free before the answer is sent: the next request may follow at once.
        yield answer
            .whenComplete(
                (came, failure) -> {
                  run.asked(clock.nanos());
                  waiting.remove(one);
                  place.release();
                })
            .handleAsync((came, failure) -> late(request.viewer(), came, outcome), work);
      }
    };
  }

  /** Who lost the right to watch while it waited gets nothing. */
  private static <T> HlsOutcome late(
      Session viewer, @Nullable T came, Function<T, HlsOutcome> outcome) {
    if (!viewer.hasRights()) {
      return new HlsOutcome.Refused(
          viewer.isEnded() ? SessionProblems.tokenWrong() : SessionProblems.tokenExpired());
    }
    return came == null ? new HlsOutcome.Refused(HlsProblems.notReady()) : outcome.apply(came);
  }

  int count() {
    return places.total();
  }

  boolean any(HlsRun run) {
    return waiting.stream().anyMatch(one -> one.run() == run);
  }

  /** Once a second: gives up those that have waited long enough. */
  void tick() {
    long now = clock.nanos();
    for (Waiting one : waiting) {
      if (now - one.untilNanos() >= 0) {
        one.answer().cancel(false);
      }
    }
  }

  /** Gives up all. */
  void stop() {
    waiting.forEach(one -> one.answer().cancel(false));
  }
}
