package org.framecast.viewer;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.auth.Grant;
import org.framecast.config.PreviewSettings;
import org.framecast.config.ServerConfig;
import org.framecast.live.PreviewBoard;
import org.framecast.live.Recordable;
import org.framecast.live.StreamDirectory;
import org.framecast.session.Session;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest picture of streams that somebody wants to see in small, and makes thumbnails of
 * it. Nothing is kept of a stream that nobody asks for, and no stream is started by asking.
 *
 * <p><b>Thread:</b> any. One short lock guards how many streams are looked at; no stream is asked
 * and no sink ended under it.
 */
@Singleton
public class Previews {
  private static final Duration END_LIMIT = Duration.ofSeconds(1);

  private final PreviewSettings settings;
  private final StreamDirectory streams;
  private final PreviewBoard board;
  private final MediaClock clock;
  private final ThumbnailMaker maker;
  private final Map<String, Look> looks = new ConcurrentHashMap<>();

  /** A stream that is looked at. */
  private static final class Look {
    private final Recordable target;
    private @Nullable Thumbnail last;

    Look(Recordable target) {
      this.target = target;
    }

    /** One at a time, so that all who ask together share one. */
    synchronized Optional<Thumbnail> thumbnail(
        String stream, PreviewBoard board, ThumbnailMaker maker, MediaClock clock, long interval) {
      Thumbnail made = last;
      if (made != null && clock.nanos() - made.madeNanos() < interval) {
        return Optional.of(made);
      }
      VideoFrame picture = board.latest(stream);
      if (picture == null) {
        return Optional.empty();
      }
      try (picture) {
        made = new Thumbnail(maker.make(picture), clock.nanos());
      }
      last = made;
      return Optional.of(made);
    }
  }

  @Inject
  public Previews(
      ServerConfig config,
      StreamDirectory streams,
      PreviewBoard board,
      MediaCodecs codecs,
      MediaClock clock) {
    settings = config.previews();
    this.streams = streams;
    this.board = board;
    this.clock = clock;
    maker = new ThumbnailMaker(codecs, settings.side());
  }

  /**
   * The picture of a stream in small, as old as the interval at most.
   *
   * @throws org.framecast.problem.ProblemException as for who wants to watch the stream; with 409
   *     when there are no pictures of it here, with 503 when the first has not come yet or as many
   *     streams are looked at as may be
   */
  public Thumbnail require(Session caller, String stream) {
    if (!caller.grants().contains(new Grant.ViewAny())) {
      throw ViewerProblems.mayNotView().asException();
    }
    if (streams.find(stream) instanceof StreamDirectory.Found.Absent absent) {
      throw absent.problem().asException();
    }
    board.want(stream);
    Recordable target =
        streams.recordable(stream).orElseThrow(() -> ViewerProblems.noPreview().asException());
    if (!hasPlace(stream)) {
      throw ViewerProblems.tooManyPreviews().asException();
    }
    return look(stream, target)
        .flatMap(look -> look.thumbnail(stream, board, maker, clock, settings.interval().toNanos()))
        .orElseThrow(() -> ViewerProblems.previewNotReady().asException());
  }

  private boolean hasPlace(String stream) {
    return looks.containsKey(stream) || looks.size() < settings.max();
  }

  /** Looks at the stream, unless that is done already; empty when it cannot be at this moment. */
  private Optional<Look> look(String stream, Recordable target) {
    Look known = looks.get(stream);
    if (known != null && known.target.equals(target)) {
      return Optional.of(known);
    }
    if (known != null) {
      end(stream, known);
    }
    return begun(stream, target);
  }

  private synchronized Optional<Look> begun(String stream, Recordable target) {
    Look other = looks.get(stream);
    if (other != null) {
      return Optional.of(other);
    }
    if (!hasPlace(stream)) {
      return Optional.empty();
    }
    try {
      target.addSink(Recordable.PREVIEW, board.sink(stream));
    } catch (IllegalStateException | IllegalArgumentException e) {
      // It ends at this moment, or one of its name is not quite gone.
      return Optional.empty();
    }
    Look look = new Look(target);
    looks.put(stream, look);
    return Optional.of(look);
  }

  private void end(String stream, Look look) {
    if (looks.remove(stream, look)) {
      look.target.removeSink(Recordable.PREVIEW, END_LIMIT);
    }
  }

  /** Once a second: begins to look at what is wanted, and ends what nobody wants any more. */
  public void tick() {
    Set<String> wanted = board.wanted(settings.linger());
    for (String stream : wanted) {
      streams.recordable(stream).ifPresentOrElse(target -> look(stream, target), () -> end(stream));
    }
    for (String stream : looks.keySet()) {
      if (!wanted.contains(stream)) {
        end(stream);
      }
    }
  }

  private void end(String stream) {
    Look look = looks.get(stream);
    if (look != null) {
      end(stream, look);
    }
  }

  /** Streams that are looked at. */
  public int size() {
    return looks.size();
  }
}
