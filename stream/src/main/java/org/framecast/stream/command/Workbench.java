package org.framecast.stream.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.Announcer;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.LatestPictures;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OtherSources;
import org.framecast.stream.flow.PictureBoard;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.inference.ModelFile;
import org.framecast.stream.inference.ModelManifest;
import org.framecast.stream.inference.ModelRuntime;
import org.framecast.stream.inference.SessionSettings;
import org.framecast.stream.layer.ImageFiles;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.PeerTransportProvider;
import org.framecast.stream.transport.PeerTransportSettings;
import org.framecast.stream.transport.UdpPorts;
import org.jspecify.annotations.Nullable;

/**
 * What a stream on the command line works with: codecs, memory, threads, all folders, a detector.
 *
 * <p><b>Ownership:</b> closed after the streams that use it.
 */
final class Workbench implements ComponentContext, AutoCloseable {
  /** A queue of eight for each of sixteen sinks holds the same frames; the rest is in flight. */
  private static final int FRAMES = 64;

  private static final long BUFFER_BYTES = 256L << 20;
  private static final int MAX_RUNS = 64;

  /** One for limits, one for what follows from an event meanwhile. */
  private static final int TIMER_THREADS = 2;

  private final PipelineResources resources;
  private final Settings settings;
  private final PictureBoard board = new PictureBoard();
  private final ScheduledExecutorService timer;
  private final Map<Class<?>, Object> parts;
  private @Nullable Detector detector;
  private @Nullable PeerTransport transport;

  /**
   * What it is told.
   *
   * @param folder that relative paths of documents are looked for in
   * @param models the folder of a detector
   * @param image a picture file that layers use as their source image
   */
  record Settings(Path folder, Optional<Path> models, Optional<Path> image) {}

  private Workbench(PipelineResources resources, Settings settings, Announcer announcer) {
    this.resources = resources;
    this.settings = settings;
    timer = Executors.newScheduledThreadPool(TIMER_THREADS, resources.threads());
    parts =
        Map.ofEntries(
            Map.entry(MediaCodecs.class, resources.codecs()),
            Map.entry(FramePool.class, resources.frames()),
            Map.entry(BufferPool.class, resources.buffers()),
            Map.entry(ThreadFactory.class, resources.threads()),
            Map.entry(MediaClock.class, resources.clock()),
            Map.entry(MediaFolders.class, MediaFolders.everywhere(settings.folder())),
            Map.entry(ScheduledExecutorService.class, timer),
            Map.entry(Announcer.class, announcer),
            Map.entry(LatestPictures.class, board),
            Map.entry(OtherSources.class, (OtherSources) board::has));
  }

  /**
   * Opens it.
   *
   * @param announcer hears what components have to say
   */
  static Workbench open(Settings settings, Announcer announcer) {
    MediaCodecs codecs = service(MediaCodecs.class);
    try (Unfinished made = new Unfinished()) {
      PipelineResources resources =
          new PipelineResources(
              codecs,
              made.add(FramePool.open("framecast-frames", FRAMES)),
              made.add(BufferPool.open("framecast-buffers", BUFFER_BYTES)),
              threads(),
              MediaClock.system());
      Workbench bench = new Workbench(resources, settings, announcer);
      made.finished();
      return bench;
    }
  }

  /** Loading it takes a while, and most streams look for nothing. */
  private synchronized Detector loaded(Path folder) {
    Detector there = detector;
    if (there == null) {
      there = load(folder);
      detector = there;
    }
    return there;
  }

  /** The native library is loaded for viewers alone. */
  private synchronized PeerTransport transport() {
    PeerTransport there = transport;
    if (there == null) {
      there =
          PeerTransportProvider.installed()
              .open(PeerTransportSettings.of(new UdpPorts.Ephemeral()), resources.threads());
      transport = there;
    }
    return there;
  }

  private static Detector load(Path folder) {
    List<ModelFile> detectors =
        ModelManifest.read(folder).models().stream()
            .filter(model -> model.kind().equals(ModelFile.DETECTOR))
            .toList();
    if (detectors.isEmpty()) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, "no detector in " + folder);
    }
    ModelRuntime runtime = service(ModelRuntime.class);
    return Detector.of(runtime.open(detectors.getFirst(), SessionSettings.cpu(MAX_RUNS)));
  }

  private static <T> T service(Class<T> service) {
    return ServiceLoader.load(service, service.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.UNSUPPORTED, "no " + service.getSimpleName() + " here"));
  }

  /** Daemons: what does not end in time does not keep the process. */
  private static ThreadFactory threads() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "framecast-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  PipelineResources resources() {
    return resources;
  }

  /** Where streams beside the one that is run put their pictures. */
  PictureBoard board() {
    return board;
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    if (type == Detector.class) {
      return settings.models().map(folder -> type.cast(loaded(folder)));
    }
    if (type == StillImage.class) {
      return settings.image().map(file -> type.cast(ImageFiles.decode(file, resources.codecs())));
    }
    if (type == PeerTransport.class) {
      return Optional.of(type.cast(transport()));
    }
    return Optional.ofNullable(type.cast(parts.get(type)));
  }

  @Override
  public synchronized void close() {
    try (Unfinished all = new Unfinished()) {
      all.add(resources.frames());
      all.add(resources.buffers());
      if (detector != null) {
        all.add(detector);
      }
      if (transport != null) {
        all.add(transport);
      }
      all.add(timer::shutdownNow);
      all.add(board);
    }
  }
}
