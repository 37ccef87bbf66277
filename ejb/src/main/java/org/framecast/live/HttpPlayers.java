package org.framecast.live;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.auth.Secret;
import org.framecast.config.HlsSettings;
import org.framecast.config.ServerConfig;
import org.framecast.session.SessionEnded;
import org.framecast.stream.time.MediaClock;

/**
 * Who plays streams over HTTP. Players keep no connection: one is there as long as it asked for
 * something a few seconds ago. Programs that look alike – the same session, address and name – are
 * one. So many are known at a time; whoever comes beyond that is served, and not counted.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class HttpPlayers {
  /** A request waits for three segments at most, and the next one follows. */
  private static final int SEGMENTS_TO_FORGET = 4;

  private static final int MAX_AGENT = 200;
  private static final int ID_BYTES = 9;

  private final MediaClock clock;
  private final InstantSource time;
  private final int max;
  private final Duration forgotten;
  private final Map<Reader, Player> players = new ConcurrentHashMap<>();

  /**
   * Who reads.
   *
   * @param stream public name
   * @param session of the token that it shows
   * @param agent as it names itself
   */
  public record Reader(String stream, String session, String address, String agent) {
    public Reader {
      agent = agent.length() > MAX_AGENT ? agent.substring(0, MAX_AGENT) : agent;
    }
  }

  /** One that plays, under a public name of its own. */
  public static final class Player {
    private final String id = Secret.randomText(ID_BYTES);
    private final Reader reader;
    private final Instant since;
    private volatile long askedNanos;

    private Player(Reader reader, Instant since, long askedNanos) {
      this.reader = reader;
      this.since = since;
      this.askedNanos = askedNanos;
    }

    public String id() {
      return id;
    }

    public Reader reader() {
      return reader;
    }

    public Instant since() {
      return since;
    }
  }

  @Inject
  public HttpPlayers(ServerConfig config, MediaClock clock, InstantSource time) {
    HlsSettings settings = config.hls();
    this.clock = clock;
    this.time = time;
    max = settings.maxPlayers();
    forgotten = settings.segment().multipliedBy(SEGMENTS_TO_FORGET);
  }

  /** It asks for a playlist, a segment or a part. */
  public void asked(Reader reader) {
    Player known = players.get(reader);
    if (known == null) {
      add(reader);
    } else {
      known.askedNanos = clock.nanos();
    }
  }

  private synchronized void add(Reader reader) {
    if (players.size() < max) {
      players.putIfAbsent(reader, new Player(reader, time.instant(), clock.nanos()));
    }
  }

  /** How many play that stream now. */
  public int count(String stream) {
    return of(stream).size();
  }

  /** Who plays that stream now, the first first. */
  public List<Player> of(String stream) {
    long now = clock.nanos();
    return players.values().stream()
        .filter(player -> player.reader.stream().equals(stream) && !isGone(player, now))
        .sorted(Comparator.comparing(Player::since))
        .toList();
  }

  private boolean isGone(Player player, long now) {
    return now - player.askedNanos >= forgotten.toNanos();
  }

  /** All that are known. */
  int size() {
    return players.size();
  }

  /** Its token plays nothing any more. */
  void sessionEnded(@Observes SessionEnded event) {
    String ended = event.session().id();
    players.keySet().removeIf(reader -> reader.session().equals(ended));
  }

  /** Once a second: forgets those that ask no more. */
  public void tick() {
    long now = clock.nanos();
    players.values().removeIf(player -> isGone(player, now));
  }
}
