package org.framecast.live;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.framecast.config.CodedStream;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.RenditionSink;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.source.clip.IvfHeader;
import org.framecast.stream.source.clip.IvfInput;
import org.framecast.stream.source.clip.IvfSource;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.jspecify.annotations.Nullable;

/**
 * A stream that comes coded from a file, a FIFO or a program, and is passed through. It is read
 * while somebody watches, and decoded only for sinks, such as a recording.
 */
final class IvfStream extends DemandedStream {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
  private static final long MEMORY_BYTES = 64L << 20;

  /** Its keyframes come when they come: a viewer is started with one of that age. */
  private static final Duration KEYFRAME_AGE = Duration.ofSeconds(5);

  private static final int HISTORY_PACKETS = 2_048;

  private final CodedStream settings;
  private final StreamParts parts;
  private final StreamFormats formats;

  IvfStream(CodedStream settings, StreamParts parts) {
    super(settings.name(), parts.config().demoLinger(), parts.clock());
    this.settings = settings;
    this.parts = parts;
    formats =
        new StreamFormats(List.of(MediaFormat.encodedHere(settings.codec())), Optional.empty());
  }

  @Override
  public String kind() {
    return "ivf";
  }

  @Override
  public StreamFormats formats() {
    return formats;
  }

  @Override
  Run start() {
    return new IvfRun();
  }

  private IvfInput.Opener opener() {
    return switch (settings.input()) {
      case CodedStream.Input.OfPath file -> IvfInput.ofPath(file.path());
      case CodedStream.Input.OfCommand command -> IvfInput.ofCommand(command.words());
    };
  }

  private IvfSource.Pace pace() {
    return settings.input() instanceof CodedStream.Input.OfPath file
            && Files.isRegularFile(file.path())
        ? IvfSource.Pace.BY_ITS_TIMES
        : IvfSource.Pace.AS_THEY_COME;
  }

  /** One time that it is read. */
  private final class IvfRun implements Run, RenditionSink {
    private final BufferPool pool;
    private final CodedLiveStream stream;
    private final IvfSource source;

    IvfRun() {
      try (Unfinished opened = new Unfinished()) {
        pool = opened.add(BufferPool.open(name() + "-ivf", MEMORY_BYTES));
        stream =
            opened.add(
                CodedLiveStream.start(
                    name(),
                    parts,
                    CodedLiveStream.Origin.deaf(
                        parts,
                        formats,
                        parts.sending(formats).withCachedPictures(KEYFRAME_AGE, HISTORY_PACKETS)),
                    ChainMaker.none(),
                    code -> {}));
        source =
            new IvfSource(
                new IvfSource.Settings(name() + "-ivf", pace(), IvfSource.Repeat.AGAIN),
                opener(),
                pool,
                this,
                parts.clock());
        source.start(parts.threads(), this::ended);
        opened.finished();
      }
    }

    @Override
    public void deliver(Rendition rendition, AccessUnit unit) {
      if (rendition.codec() != settings.codec()) {
        throw new MediaException(
            MediaException.Code.UNSUPPORTED,
            rendition.codec() + " where " + settings.codec() + " is configured");
      }
      IvfHeader header = source.header();
      if (header != null && unit.kind() == AccessUnit.Kind.KEYFRAME) {
        // AV1's own header is not read for its size; the others say theirs better.
        stream.size(header.width(), header.height());
      }
      stream.video(unit);
    }

    private void ended(IvfSource.End end, @Nullable Exception cause) {
      if (end == IvfSource.End.BROKEN) {
        stream.statistics().dropped(DropKind.ERROR);
        LiveMessages.LOG.inputBroke(
            name(), cause == null ? "" : String.valueOf(cause.getMessage()));
      }
    }

    @Override
    public FanOut viewers() {
      return stream.viewers();
    }

    @Override
    public Recordable recordable() {
      return stream;
    }

    @Override
    public StreamStats stats() {
      return stream.stats();
    }

    @Override
    public void close() {
      Closing.closeAll(List.<AutoCloseable>of(this::stop, stream, pool));
    }

    private void stop() {
      if (!source.stop(STOP_LIMIT)) {
        throw new IllegalStateException("the input of " + name() + " is still read");
      }
    }
  }
}
