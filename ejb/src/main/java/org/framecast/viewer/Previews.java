package org.framecast.viewer;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * <p><b>Thread:</b> any. One lock guards which streams are looked at; while it is held a sink may
 * be ended, for a second at most.
 */
@Singleton
public class Previews {
  private static final Duration END_LIMIT = Duration.ofSeconds(1);

  private final PreviewSettings settings;
  private final StreamDirectory streams;
  private final PreviewBoard board;
  private final MediaClock clock;
  private final ThumbnailMaker maker;
  private final Map<String, Look> looks = new HashMap<>();

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
    Look look = look(stream).orElseThrow(() -> ViewerProblems.noPreview().asException());
    return look.thumbnail(stream, board, maker, clock, settings.interval().toNanos())
        .orElseThrow(() -> ViewerProblems.previewNotReady().asException());
  }

  /** Looks at the stream, unless that is done already; empty where it has no pictures. */
  private synchronized Optional<Look> look(String stream) {
    Optional<Recordable> target = streams.recordable(stream);
    Look known = looks.get(stream);
    if (known != null && target.filter(known.target::equals).isPresent()) {
      return Optional.of(known);
    }
    if (known != null) {
      end(stream, known);
    }
    if (target.isEmpty()) {
      return Optional.empty();
    }
    if (looks.size() >= settings.max()) {
      throw ViewerProblems.tooManyPreviews().asException();
    }
    return begun(stream, target.get());
  }

  private Optional<Look> begun(String stream, Recordable target) {
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
    looks.remove(stream, look);
    look.target.removeSink(Recordable.PREVIEW, END_LIMIT);
  }

  /** Once a second: begins to look at what is wanted, and ends what nobody wants any more. */
  public void tick() {
    Set<String> wanted = board.wanted(settings.linger());
    for (String stream : wanted) {
      lookIfThereIsRoom(stream);
    }
    endAllBut(wanted);
  }

  private synchronized void lookIfThereIsRoom(String stream) {
    if (looks.containsKey(stream) || looks.size() < settings.max()) {
      look(stream);
    }
  }

  private synchronized void endAllBut(Set<String> wanted) {
    for (Map.Entry<String, Look> look : List.copyOf(looks.entrySet())) {
      if (!wanted.contains(look.getKey())) {
        end(look.getKey(), look.getValue());
      }
    }
  }

  /** Streams that are looked at. */
  public synchronized int size() {
    return looks.size();
  }
}
