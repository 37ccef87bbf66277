package org.framecast.hls;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.framecast.auth.Grant;
import org.framecast.config.HlsSettings;
import org.framecast.config.ServerConfig;
import org.framecast.live.HttpPlayers;
import org.framecast.live.Recordable;
import org.framecast.live.StreamDirectory;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.sink.HlsSinkSettings;
import org.framecast.stream.sink.HlsStore;
import org.framecast.stream.sink.WhenBehind;
import org.framecast.stream.time.MediaClock;
import org.framecast.viewer.ViewerProblems;

/**
 * The streams that somebody watches by HLS. The first question for a stream's index adds a sink to
 * it; some time after the last question of any kind the sink goes.
 *
 * <p><b>Thread:</b> any. One short lock guards how many begin; no stream is started and no sink
 * ended under it.
 */
@Singleton
public class HlsStreams {
  private static final int QUALITY = 50;
  private static final int AUDIO_BITRATE_BPS = 128_000;

  private final HlsSettings settings;
  private final StreamDirectory streams;
  private final MediaCodecs codecs;
  private final MediaClock clock;
  private final HttpPlayers players;
  private final HlsWaits waits;
  private final Map<String, HlsRun> runs = new ConcurrentHashMap<>();
  private boolean stopped;

  @Inject
  public HlsStreams(
      ServerConfig config,
      StreamDirectory streams,
      MediaCodecs codecs,
      MediaClock clock,
      Executor work,
      HttpPlayers players) {
    settings = config.hls();
    this.streams = streams;
    this.codecs = codecs;
    this.clock = clock;
    this.players = players;
    waits = new HlsWaits(settings, clock, work);
  }

  /**
   * The playlist that names the renditions, as soon as there are pictures to play; of a stream that
   * has none for long, with what there is.
   *
   * @throws ProblemException with 403, with 404 or 409 when there is nothing to watch, with 503
   *     when no more streams can be made into HLS
   */
  public CompletionStage<HlsOutcome> index(HlsRequest request) {
    requireRight(request);
    HlsRun run = begun(request.stream());
    return waits
        .answer(request, run, run.store().multivariant(), HlsStreams::foundOrUnknown)
        .thenApply(outcome -> orWhatThereIs(run, outcome));
  }

  /**
   * A rendition's playlist, as soon as it goes so far.
   *
   * @param id the run's, as the index names it
   * @throws ProblemException with 403 or 404
   */
  public CompletionStage<HlsOutcome> playlist(
      HlsRequest request, String id, String name, HlsPlace place) {
    HlsRun run = asked(request, id);
    return waits.answer(
        request,
        run,
        run.store().reload(name, place.segment(), place.part()),
        reload ->
            switch (reload) {
              case HlsStore.Reload.Ready(HlsStore.Content content) -> new HlsOutcome.Found(content);
              case HlsStore.Reload.TooFar() -> new HlsOutcome.Refused(HlsProblems.tooFar());
              case HlsStore.Reload.Unknown() -> new HlsOutcome.Refused(HlsProblems.unknown());
            });
  }

  /**
   * A playlist as it is, a segment, a part; one that a playlist says comes next is waited for.
   *
   * @param id the run's, as the index names it
   * @throws ProblemException with 403 or 404
   */
  public CompletionStage<HlsOutcome> file(HlsRequest request, String id, String name) {
    HlsRun run = asked(request, id);
    return waits.answer(request, run, run.store().part(name), HlsStreams::foundOrUnknown);
  }

  private static HlsOutcome orWhatThereIs(HlsRun run, HlsOutcome outcome) {
    return outcome instanceof HlsOutcome.Refused(Problem problem)
            && problem.equals(HlsProblems.notReady())
        ? run.store()
            .find(HlsStore.MULTIVARIANT)
            .<HlsOutcome>map(HlsOutcome.Found::new)
            .orElse(outcome)
        : outcome;
  }

  private static HlsOutcome foundOrUnknown(Optional<HlsStore.Content> content) {
    return content
        .<HlsOutcome>map(HlsOutcome.Found::new)
        .orElseGet(() -> new HlsOutcome.Refused(HlsProblems.unknown()));
  }

  private static void requireRight(HlsRequest request) {
    if (!request.viewer().grants().contains(new Grant.ViewAny())) {
      throw ViewerProblems.mayNotView().asException();
    }
  }

  /** One that has come to its end is still there for those who have not seen the end. */
  private HlsRun asked(HlsRequest request, String id) {
    requireRight(request);
    HlsRun run =
        asked(request.stream(), known -> known.id().equals(id) && isServed(known.state()))
            .orElseThrow(() -> HlsProblems.unknown().asException());
    // The index alone is also asked for by who does not play.
    players.asked(
        new HttpPlayers.Reader(
            request.stream(), request.viewer().id(), request.address(), request.agent()));
    return run;
  }

  /** The run of that stream, if it suits; it is not idle then, nor found idle at this moment. */
  private Optional<HlsRun> asked(String stream, Predicate<HlsRun> suits) {
    AtomicBoolean suited = new AtomicBoolean();
    HlsRun run =
        runs.computeIfPresent(
            stream,
            (name, there) -> {
              if (suits.test(there)) {
                there.asked(clock.nanos());
                suited.set(true);
              }
              return there;
            });
    return suited.get() ? Optional.ofNullable(run) : Optional.empty();
  }

  private static boolean isServed(SinkStatistics.State state) {
    return switch (state) {
      case RUNNING, FINISHED -> true;
      case STOPPED, FAILED, TOO_SLOW -> false;
    };
  }

  private HlsRun begun(String stream) {
    StreamDirectory.Found.Present found =
        switch (streams.find(stream)) {
          case StreamDirectory.Found.Present present -> present;
          case StreamDirectory.Found.Absent absent -> throw absent.problem().asException();
        };
    return asked(stream, HlsRun::isRunning).orElseGet(() -> begin(stream, found));
  }

  /** What is refused is not started for that. */
  private HlsRun begin(String stream, StreamDirectory.Found.Present found) {
    requirePlace();
    if (found.start().get().isClosed()) {
      throw HlsProblems.unknown().asException();
    }
    return added(
        stream, streams.recordable(stream).orElseThrow(() -> HlsProblems.unknown().asException()));
  }

  private synchronized void requirePlace() {
    if (stopped || running() >= settings.maxStreams()) {
      throw HlsProblems.tooManyStreams().asException();
    }
  }

  /** Several may have asked first; one run is for all of them. */
  private HlsRun added(String stream, Recordable target) {
    HlsRun before;
    HlsRun run;
    synchronized (this) {
      Optional<HlsRun> other = asked(stream, HlsRun::isRunning);
      if (other.isPresent()) {
        return other.get();
      }
      requirePlace();
      run = run(target);
      run.asked(clock.nanos());
      before = runs.put(stream, run);
    }
    if (before != null) {
      before.stop();
    }
    return run;
  }

  private HlsRun run(Recordable target) {
    try {
      return HlsRun.begin(target, sinkSettings(), codecs);
    } catch (IllegalStateException e) {
      // It ended just now.
      throw HlsProblems.unknown().asException();
    }
  }

  private HlsSinkSettings sinkSettings() {
    return new HlsSinkSettings(
        settings.segment(),
        settings.part(),
        settings.window(),
        settings.sizes(),
        0,
        QUALITY,
        AUDIO_BITRATE_BPS,
        WhenBehind.DROP);
  }

  /** Streams that are made into HLS now. */
  public int running() {
    return (int) runs.values().stream().filter(HlsRun::isRunning).count();
  }

  /** Requests that wait now. */
  public int waiting() {
    return waits.count();
  }

  /** Once a second: ends what nobody asks for, and forgets what has ended. */
  public void tick() {
    waits.tick();
    players.tick();
    runs.forEach(
        (stream, run) -> {
          if (isForgotten(stream, run)) {
            run.stop();
          }
        });
  }

  /** Whether it is over; nobody finds it any more then. */
  private boolean isForgotten(String stream, HlsRun run) {
    HlsRun left =
        runs.computeIfPresent(stream, (name, there) -> there == run && isOver(run) ? null : there);
    return left != run;
  }

  private boolean isOver(HlsRun run) {
    boolean idle = clock.nanos() - run.askedNanos() >= settings.idle().toNanos() && !waits.any(run);
    return idle || !isServed(run.state());
  }

  /** Ends all; no other begins. */
  public void stop() {
    synchronized (this) {
      stopped = true;
    }
    waits.stop();
    List<HlsRun> ending = List.copyOf(runs.values());
    runs.clear();
    Closing.each(ending, HlsRun::stop);
  }
}
