package org.framecast.live;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.framecast.problem.Problem;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * All streams by name, whoever feeds them.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class StreamDirectory {
  private final SessionRegistry sessions;
  private final LiveStreams live;
  private final DocumentStreams documents;
  private final HttpPlayers players;
  private final Map<String, ConfiguredStream> configured = new LinkedHashMap<>();

  @Inject
  public StreamDirectory(
      SessionRegistry sessions,
      LiveStreams live,
      DocumentStreams documents,
      HttpPlayers players,
      Instance<ConfiguredStream> configured,
      CodedStreams coded) {
    this.sessions = sessions;
    this.live = live;
    this.documents = documents;
    this.players = players;
    configured.forEach(stream -> this.configured.put(stream.name(), stream));
    coded.all().forEach(stream -> this.configured.put(stream.name(), stream));
  }

  /** What a viewer who names a stream finds. */
  public sealed interface Found {
    /**
     * It runs, or can be started.
     *
     * @param formats what it sends
     * @param start starts it where it does not run; for a viewer who is let in
     */
    record Present(StreamFormats formats, Supplier<FanOut> start) implements Found {}

    /** There is none, or nobody sends. */
    record Absent(Problem problem) implements Found {}
  }

  /** One stream in a list. */
  public record Entry(String name, String kind, Optional<StreamStats> stats, Pictures pictures) {
    /** Whether its pictures can be seen in small, and recorded. */
    public enum Pictures {
      AT_HAND,
      /** It does not run, or passes on what was encoded elsewhere. */
      NONE
    }
  }

  /** Finds a stream for a viewer; nothing is started by this. */
  public Found find(String name) {
    ConfiguredStream own = configured.get(name);
    if (own != null) {
      return new Found.Present(own.formats(), own::demand);
    }
    Optional<FanOut> fanOut = sending(name);
    if (fanOut.isPresent()) {
      return new Found.Present(fanOut.get().formats(), fanOut::get);
    }
    return new Found.Absent(
        sessions.byStream(name).isPresent()
            ? LiveProblems.notPublished()
            : LiveProblems.streamUnknown());
  }

  /** Where the viewers of a session's stream are, of either sort. */
  private Optional<FanOut> sending(String name) {
    return documents.find(name).map(DocumentStream::fanOut).orElseGet(() -> live.fanOut(name));
  }

  /** The caller's own streams and the configured ones. */
  public List<Entry> list(Session session) {
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(session.stream(), "session", live.stats(session.stream())));
    documents
        .of(session)
        .forEach(
            stream ->
                entries.add(
                    entry(stream.name(), "document", stream.fanOut().map(it -> stream.stats()))));
    configured
        .values()
        .forEach(stream -> entries.add(entry(stream.name(), stream.kind(), stream.stats())));
    return entries;
  }

  private Entry entry(String name, String kind, Optional<StreamStats> stats) {
    Entry.Pictures pictures =
        recordable(name).isPresent() ? Entry.Pictures.AT_HAND : Entry.Pictures.NONE;
    return new Entry(name, kind, stats.map(now -> withPlayers(name, now)), pictures);
  }

  /**
   * Whether the caller may see the numbers of that stream.
   *
   * @throws org.framecast.problem.ProblemException with 404 for any other: its existence is none of
   *     the caller's business
   */
  public void requireVisible(String name, Session session) {
    boolean own = documents.find(name).filter(it -> it.owner() == session).isPresent();
    if (!own && !name.equals(session.stream()) && !configured.containsKey(name)) {
      throw LiveProblems.streamUnknown().asException();
    }
  }

  /**
   * The stream that the caller made from a document.
   *
   * @throws org.framecast.problem.ProblemException with 403 for one of the server's own or of the
   *     session itself, which no document describes, with 404 for any other
   */
  public DocumentStream requireDocument(Session session, String name) {
    if (configured.containsKey(name)) {
      throw LiveProblems.ofServer().asException();
    }
    if (name.equals(session.stream())) {
      throw LiveProblems.ofSession().asException();
    }
    return documents.require(session, name);
  }

  /** Whether there is a stream of that name, running or not. */
  public boolean isKnown(String name) {
    return configured.containsKey(name)
        || documents.find(name).isPresent()
        || sessions.byStream(name).isPresent();
  }

  /** The fan-out of a stream that runs; nothing is started. */
  public Optional<FanOut> running(String name) {
    ConfiguredStream own = configured.get(name);
    return own != null ? own.fanOut() : sending(name);
  }

  /** Where sinks can be added to a stream that runs, if its pictures are at hand here. */
  public Optional<Recordable> recordable(String name) {
    ConfiguredStream own = configured.get(name);
    if (own != null) {
      return own.recordable();
    }
    return documents
        .find(name)
        .map(DocumentStream::recordable)
        .orElseGet(() -> live.stream(name).flatMap(LiveStream::recordable));
  }

  /** The numbers of a stream that runs; its viewers are those by WebRTC and over HTTP. */
  public Optional<StreamStats> stats(String name) {
    ConfiguredStream own = configured.get(name);
    Optional<StreamStats> now =
        own != null
            ? own.stats()
            : documents.find(name).map(DocumentStream::stats).or(() -> live.stats(name));
    return now.map(stats -> withPlayers(name, stats));
  }

  private StreamStats withPlayers(String name, StreamStats stats) {
    return stats.plusViewers(players.count(name));
  }

  /** Configured streams that run now. */
  public int runningConfigured() {
    return (int) configured.values().stream().filter(own -> own.fanOut().isPresent()).count();
  }

  /** Once a second. */
  public void tick() {
    configured.values().forEach(ConfiguredStream::tick);
  }

  /** Stops the configured streams. */
  public void stopConfigured() {
    Closing.closeAll(List.copyOf(configured.values()));
  }
}
