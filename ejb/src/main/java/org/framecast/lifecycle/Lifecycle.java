package org.framecast.lifecycle;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.framecast.config.ServerConfig;
import org.framecast.hls.HlsStreams;
import org.framecast.live.DocumentStreams;
import org.framecast.live.LiveStreams;
import org.framecast.live.StreamDirectory;
import org.framecast.live.StreamParts;
import org.framecast.model.DetectorLoader;
import org.framecast.model.SharedComponents;
import org.framecast.publish.Publishing;
import org.framecast.recording.RecordingFiles;
import org.framecast.recording.Recordings;
import org.framecast.session.SessionRegistry;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.plugin.PluginFolder;
import org.framecast.stream.webrtc.SenderPool;
import org.framecast.viewer.PeerEdge;
import org.framecast.viewer.Previews;
import org.framecast.viewer.Subscriptions;
import org.framecast.viewer.Viewing;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops the application.
 *
 * <p>An enterprise bean, because the container starts it with the application and not before, and
 * stops it before the modules go; such a bean has no constructor injection.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Lifecycle {
  /** So many workers of all streams together may detect at the same time. */
  private static final int MIN_DETECTOR_RUNS = 16;

  private static final Duration THREADS_END = Duration.ofSeconds(5);

  @Resource private ManagedScheduledExecutorService scheduler;
  @Resource private ManagedExecutorService executor;
  @Inject private ServerConfig config;
  @Inject private StreamParts parts;
  @Inject private StreamDirectory directory;
  @Inject private Viewing viewing;
  @Inject private Publishing publishing;
  @Inject private Subscriptions subscriptions;
  @Inject private SessionRegistry sessions;
  @Inject private LiveStreams streams;
  @Inject private ServerThreads threads;
  @Inject private SenderPool senders;
  @Inject private ServerPhase phase;
  @Inject private SharedComponents components;
  @Inject private DocumentStreams documents;
  @Inject private Recordings recordings;
  @Inject private RecordingFiles recordingFiles;
  @Inject private HlsStreams hls;
  @Inject private Previews previews;
  @Inject private PluginFolder plugins;
  private final List<ScheduledFuture<?>> timers = new ArrayList<>();
  private @Nullable PeerEdge edge;
  private @Nullable Detector detector;
  private @Nullable WarmUp warmUp;

  @PostConstruct
  void start() {
    recordingFiles.nameCutOff();
    loadDetector();
    PeerEdge opened =
        PeerEdge.open(
            config.webRtc(),
            config.whip(),
            threads,
            executor,
            scheduler,
            parts.clock(),
            parts.wallClock());
    edge = opened;
    viewing.start(opened);
    publishing.start(opened);
    every(sessions::sweep);
    every(streams::tick);
    every(directory::tick);
    every(subscriptions::tick);
    every(recordings::tick);
    every(documents::tick);
    every(previews::tick);
    every(hls::tick);
    warmUp =
        new WarmUp(
            parts.codecs(), parts.video(), detector, new WarmUpLoop(parts.clock(), this::isIdle));
    Thread warming = threads.newThread(warmUp);
    warming.setName("framecast-warm-up");
    warming.start();
    phase.enter(ServerPhase.Phase.READY);
    LifecycleMessages.LOG.started(
        config.pairing().required() ? "a pairing code" : "loopback only, sessions for everyone");
  }

  private boolean isIdle() {
    return streams.size() + documents.size() + directory.runningConfigured() == 0;
  }

  private void loadDetector() {
    int runs = Math.max(MIN_DETECTOR_RUNS, 4 * config.processing().workers());
    DetectorLoader.load(config.folders(), runs)
        .ifPresentOrElse(
            loaded -> {
              detector = loaded;
              components.put(Detector.class, loaded);
              LifecycleMessages.LOG.detector(
                  loaded.session().model().name(), loaded.session().provider().name());
            },
            LifecycleMessages.LOG::noDetector);
  }

  private void every(Runnable task) {
    timers.add(
        scheduler.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LifecycleMessages.LOG.taskFailed(e);
              }
            },
            1,
            1,
            TimeUnit.SECONDS));
  }

  /** Stops in the order in which matter flows: who sends, who watches, what both stand on. */
  @PreDestroy
  void stop() {
    phase.enter(ServerPhase.Phase.STOPPING);
    StopSteps steps = new StopSteps();
    steps.run("timers", this::cancelTimers);
    steps.run("warm-up", this::stopWarmUp);
    steps.run("sessions", sessions::endAll);
    steps.run("publishers", publishing::stop);
    steps.run("viewers", viewing::stop);
    steps.run("HLS", hls::stop);
    steps.run("streams", streams::endAll);
    steps.run("streams of documents", documents::endAll);
    steps.run("configured streams", directory::stopConfigured);
    steps.run("peer connections", this::closeEdge);
    steps.run("senders", senders::close);
    steps.run("threads", this::awaitThreads);
    steps.run("detector", this::closeDetector);
    steps.run("plug-ins", plugins::close);
    steps.report();
  }

  private void stopWarmUp() {
    if (warmUp != null) {
      warmUp.stop();
    }
  }

  private void closeDetector() {
    if (detector != null) {
      detector.close();
    }
  }

  private void closeEdge() {
    if (edge != null) {
      edge.close();
    }
  }

  private void cancelTimers() {
    timers.forEach(timer -> timer.cancel(false));
  }

  private void awaitThreads() throws InterruptedException {
    List<String> left = threads.awaitEnd(THREADS_END);
    if (!left.isEmpty()) {
      throw new IllegalStateException("threads that did not end: " + left);
    }
  }
}
