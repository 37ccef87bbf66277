package org.framecast.stream.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.pipeline.StopMode;
import org.framecast.stream.pipeline.Stream;
import org.framecast.stream.pipeline.StreamBuilder;
import org.framecast.stream.pipeline.StreamListener;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.StreamAssembly;
import org.framecast.stream.plugin.StreamDocument;
import org.jspecify.annotations.Nullable;

/**
 * One stream from its opening to its end.
 *
 * <p><b>Thread:</b> one, and that of a signal.
 */
final class StreamRun {
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** So long the sinks may take to complete what they write after Ctrl-C. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final ComponentRegistry registry;
  private final StreamAssembly assembly;
  private final Workbench bench;
  private final ComponentContext context;
  private final Progress progress;
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Stream stream;
  private boolean signalled;

  StreamRun(ComponentRegistry registry, Workbench bench, Progress progress) {
    this.registry = registry;
    assembly = new StreamAssembly(registry);
    this.bench = bench;
    context = new WithSources(registry, bench);
    this.progress = progress;
  }

  /**
   * Runs it to its end; the exit status.
   *
   * @param beside runs as long, for its pictures
   */
  int run(StreamDocument document, Optional<StreamDocument> beside) {
    // Before anything is opened: what a sink has begun when the signal comes is completed.
    Thread onSignal = new Thread(this::signal, "framecast-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try (Unfinished others = new Unfinished()) {
      // First: a layer is asked whether what it shall show is there.
      beside.ifPresent(other -> others.add(beside(other, registry, bench)));
      try (StreamBuilder builder = assembly.build(document, context);
          Stream opened = builder.listener(new Faults()).open(bench.resources())) {
        start(opened);
        return watch(opened);
      }
    } finally {
      over.countDown();
      forget(onSignal);
    }
  }

  /** Another stream, whose pictures go to the board alone. */
  static Stream beside(StreamDocument other, ComponentRegistry registry, Workbench bench) {
    StreamAssembly assembly = new StreamAssembly(registry);
    ComponentContext context = new WithSources(registry, bench);
    try (StreamBuilder builder =
        Stream.from(assembly.source(other, context))
            .named(other.name())
            .to(bench.board().sink(other.name()))) {
      assembly.chain(other, context).layers().forEach(builder::layer);
      return builder.open(bench.resources()).start();
    }
  }

  private synchronized void start(Stream opened) {
    opened.start();
    if (signalled) {
      stop(opened);
    } else {
      stream = opened;
    }
  }

  /** The virtual machine ends with 130 or 143 after this. */
  private void signal() {
    synchronized (this) {
      signalled = true;
      if (stream != null) {
        stop(stream);
      }
    }
    try {
      if (!over.await(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        progress.fault("the stream did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int watch(Stream running) {
    try {
      while (!running.await(BEAT)) {
        progress.beat(running.statistics());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FramecastCommand.FAILED;
    }
    progress.end(running.statistics());
    Optional<Throwable> failure = running.failure();
    failure.ifPresent(cause -> progress.fault("the stream failed: " + words(cause)));
    boolean sinkFailed = running.statistics().sinks().stream().anyMatch(SinkStatistics::isFailed);
    return failure.isPresent() || sinkFailed ? FramecastCommand.FAILED : FramecastCommand.DONE;
  }

  private void stop(Stream running) {
    if (!running.stop(StopMode.DRAIN, STOP_LIMIT)) {
      progress.fault("something did not end within " + STOP_LIMIT.toSeconds() + " s");
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already: a signal came, and the process ends with that.
    }
  }

  private static String words(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Tells what goes wrong; a fault of frames once, their number is in the progress. */
  private final class Faults implements StreamListener {
    private volatile boolean told;

    @Override
    public void dropped(DropKind kind, @Nullable Throwable cause) {
      if (cause != null && !told) {
        told = true;
        progress.fault("a frame was dropped: " + words(cause));
      }
    }

    @Override
    public void sinkFailed(String sink, Throwable cause) {
      progress.fault("sink " + sink + " failed: " + words(cause));
    }
  }
}
