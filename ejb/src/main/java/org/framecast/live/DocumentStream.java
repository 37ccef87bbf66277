package org.framecast.live;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.framecast.session.Session;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.pipeline.SourceLoop;
import org.framecast.stream.plugin.StreamAssembly;
import org.framecast.stream.plugin.StreamDocument;
import org.framecast.stream.webrtc.FanOut;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a session made from a document: a source of the server's own, layers, viewers, and
 * the sinks that the document names. It runs from its making to its source's end or its own.
 *
 * <p><b>Thread:</b> any.
 */
public final class DocumentStream implements AutoCloseable {
  private static final Duration SOURCE_LIMIT = Duration.ofSeconds(2);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final Session owner;
  private final VideoStream stream;
  private final List<AudioLayer> audioLayers;
  private final SourceLoop source;
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile StreamDocument document;
  private volatile State state = State.RUNNING;

  /** How it is with it. */
  public enum State {
    RUNNING,
    /** Its source came to its end, and its sinks are complete. */
    ENDED,
    /** Its source broke. */
    FAILED
  }

  /**
   * What it is made with.
   *
   * @param contexts what its components work with
   * @param work ends it when its source does
   */
  record Making(
      StreamParts parts, StreamAssembly assembly, StreamContexts contexts, Executor work) {}

  private DocumentStream(Opened opened, StreamDocument document, StreamParts parts, Executor work) {
    name = opened.name();
    owner = opened.owner();
    stream = opened.stream();
    audioLayers = opened.audioLayers();
    this.document = document;
    source =
        new SourceLoop(
            name + "-source",
            new Watched(opened.source(), broken -> work.execute(() -> end(broken))),
            new Input());
    source.start(parts.threads());
  }

  /** Its parts, before it runs. */
  private record Opened(
      String name,
      Session owner,
      VideoStream stream,
      StreamSource source,
      List<AudioLayer> audioLayers) {}

  /**
   * Opens everything that the document names, and starts it.
   *
   * @throws org.framecast.stream.plugin.DocumentException that names what cannot be opened
   */
  static DocumentStream start(String name, Session owner, StreamDocument document, Making making) {
    StreamParts parts = making.parts();
    try (Unfinished made = new Unfinished()) {
      VideoStream stream = made.add(VideoStream.start(name, parts, ChainMaker.none(), code -> {}));
      ComponentContext context = making.contexts().ofDocument(owner, stream.pools());
      // Before the first picture: what a layer is to hide is never seen.
      stream.chain(making.assembly().chain(document, context));
      StreamSource source = made.add(making.assembly().source(document, context));
      List<AudioLayer> audioLayers = making.assembly().audioLayers(document, context);
      audioLayers.forEach(made::add);
      tell(stream, source.info());
      for (int i = 0; i < document.sinks().size(); i++) {
        StreamDocument.NamedSink sink = document.sinks().get(i);
        stream.addSink(
            sink.name(),
            making.assembly().sink(sink.choice(), "/sinks/" + i, context),
            source.info());
      }
      DocumentStream running =
          new DocumentStream(
              new Opened(name, owner, stream, source, audioLayers), document, parts, making.work());
      made.finished();
      return running;
    }
  }

  private static void tell(VideoStream stream, MediaInfo info) {
    info.video().ifPresent(video -> stream.size(video.width(), video.height()));
    info.audio().ifPresent(sound -> stream.soundCame());
  }

  /** Its public name. */
  public String name() {
    return name;
  }

  public Session owner() {
    return owner;
  }

  /** As it is now, layers included. */
  public StreamDocument document() {
    return document;
  }

  public State state() {
    return state;
  }

  /** The sinks that its document names, and a recording. */
  public List<SinkStatistics> sinks() {
    Set<String> named =
        document.sinks().stream()
            .map(StreamDocument.NamedSink::name)
            .collect(Collectors.toCollection(HashSet::new));
    named.add(Recordable.RECORDING);
    return stream.sinks().stream().filter(sink -> named.contains(sink.name())).toList();
  }

  /** Whether a sink of its document still writes files. */
  boolean writesFiles() {
    return !writingSinks().isEmpty();
  }

  private List<String> writingSinks() {
    List<String> running =
        stream.sinks().stream()
            .filter(sink -> sink.state() == SinkStatistics.State.RUNNING)
            .map(SinkStatistics::name)
            .toList();
    return document.sinks().stream()
        .filter(sink -> DocumentStreams.writesFiles(sink.choice()))
        .map(StreamDocument.NamedSink::name)
        .filter(running::contains)
        .toList();
  }

  /** Completes the sinks of its document that write files; its viewers stay. */
  void completeFiles() {
    for (String sink : writingSinks()) {
      stream.completeSink(sink, DRAIN_LIMIT);
      LiveMessages.LOG.filesFull(name, sink);
    }
  }

  public StreamStats stats() {
    return stream.stats();
  }

  /** Where its viewers are, while it runs; none come to one that is being ended. */
  Optional<FanOut> fanOut() {
    return state == State.RUNNING
        ? stream.fanOut().filter(viewers -> !viewers.isClosed())
        : Optional.empty();
  }

  Optional<Recordable> recordable() {
    return state == State.RUNNING ? Optional.of(stream) : Optional.empty();
  }

  /**
   * Sets other layers; they work from the next frame on.
   *
   * @throws org.framecast.problem.ProblemException with 409 where it has ended
   */
  void change(StreamDocument changed, LayerChain chain) {
    requireRunning();
    stream.chain(chain);
    document = changed;
  }

  /**
   * Only what runs can be changed.
   *
   * @throws org.framecast.problem.ProblemException with 409 where it has ended, or is ending
   */
  void requireRunning() {
    if (ending.get()) {
      throw LiveProblems.streamEnded().asException();
    }
  }

  /** What its components work with. */
  ComponentContext context(Making making) {
    return making.contexts().ofDocument(owner, stream.pools());
  }

  private void end(State how) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    try {
      Closing.closeAll(
          List.<AutoCloseable>of(
              this::stopSource,
              () -> stream.drain(DRAIN_LIMIT),
              stream,
              () -> Closing.closeAll(audioLayers)));
    } catch (RuntimeException e) {
      LiveMessages.LOG.notFreed(name, e);
    } finally {
      state = how;
      LiveMessages.LOG.ended(name);
    }
  }

  private void stopSource() {
    if (!source.stop(SOURCE_LIMIT)) {
      throw new IllegalStateException("the source of " + name + " still runs");
    }
  }

  /** Ends it and completes its sinks. Idempotent. */
  @Override
  public void close() {
    end(State.ENDED);
  }

  /** Sound goes through its layers on the way. */
  private final class Input implements StreamInput {
    @Override
    public boolean offerFrame(TimestampedFrame frame) {
      return stream.input().offerFrame(frame);
    }

    @Override
    public boolean offerAudio(AudioFrame block) {
      audioLayers.forEach(layer -> layer.process(block));
      return stream.input().offerAudio(block);
    }
  }

  /** Hears of a source's end. */
  private interface EndListener {
    void ended(State how);
  }

  /** A source whose end is heard of. */
  private final class Watched implements StreamSource {
    private final StreamSource target;
    private final EndListener listener;

    Watched(StreamSource target, EndListener listener) {
      this.target = target;
      this.listener = listener;
    }

    @Override
    public MediaInfo info() {
      return target.info();
    }

    @Override
    public @Nullable MediaItem next() throws InterruptedException {
      try {
        MediaItem item = target.next();
        if (item == null) {
          listener.ended(State.ENDED);
        }
        return item;
      } catch (RuntimeException | Error e) {
        LiveMessages.LOG.documentSourceFailed(name, e);
        listener.ended(State.FAILED);
        return null;
      }
    }

    @Override
    public void close() {
      target.close();
    }
  }
}
