package org.framecast.live;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.config.ServerConfig;
import org.framecast.session.EndReason;
import org.framecast.session.Session;
import org.framecast.session.SessionEnded;
import org.framecast.session.SessionSetup;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.webrtc.FanOut;
import org.jspecify.annotations.Nullable;

/**
 * The streams that sessions publish now.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class LiveStreams {
  private static final long PING_NANOS = Duration.ofSeconds(5).toNanos();

  /** A publisher that answers no ping for so long is gone. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(15).toNanos();

  private final ServerConfig config;
  private final MediaClock clock;
  private final LiveStreamFactory factory;
  private final Executor work;
  private final HttpPlayers players;
  private final Map<String, Publisher> publishers = new ConcurrentHashMap<>();
  private long lastPingNanos;

  @Inject
  LiveStreams(
      ServerConfig config,
      MediaClock clock,
      LiveStreamFactory factory,
      Executor work,
      HttpPlayers players) {
    this.config = config;
    this.clock = clock;
    this.factory = factory;
    this.work = work;
    this.players = players;
    this.lastPingNanos = clock.nanos();
  }

  /** Starts the stream of a publisher whose handshake was accepted. */
  public Publisher publish(SessionSetup setup, PublisherChannel channel) {
    return publish(setup, channel, factory);
  }

  /** Starts a stream that something else opens. */
  Publisher publish(SessionSetup setup, PublisherChannel channel, LiveStreamFactory opening) {
    // A change of settings comes either before the stream reads them or after it is known.
    synchronized (setup.session()) {
      return started(setup, channel, opening);
    }
  }

  private Publisher started(
      SessionSetup setup, PublisherChannel channel, LiveStreamFactory opening) {
    String name = setup.session().stream();
    AtomicReference<@Nullable Publisher> self = new AtomicReference<>();
    try (Unfinished made = new Unfinished()) {
      LiveStream stream =
          made.add(
              opening.open(
                  setup,
                  channel,
                  code -> {
                    Publisher publisher = self.get();
                    if (publisher != null) {
                      tell(publisher, code);
                    }
                  }));
      Publisher publisher =
          made.add(
              new Publisher(
                  setup,
                  channel,
                  stream,
                  config.ingest(),
                  clock,
                  work,
                  () -> forget(name, self.get())));
      self.set(publisher);
      known(name, publisher);
      made.finished();
      return publisher;
    }
  }

  private void known(String name, Publisher publisher) {
    Session session = publisher.setup().session();
    Publisher before = publishers.put(name, publisher);
    if (before != null) {
      // Its session has ended, else the name were not free; the event would not find it any more.
      before.end(EndReason.DELETED);
    }
    if (!session.hasRights()) {
      publisher.end(session.isEnded() ? EndReason.DELETED : EndReason.ACCESS_EXPIRED);
    }
    LiveMessages.LOG.published(name, publisher.setup().mode().subprotocol());
  }

  /** A broken image is the publisher's error; a layer that fails and a full queue are not. */
  private static void tell(Publisher publisher, StreamEvent.Code code) {
    switch (code) {
      case LAYER_FAILED, OVERFLOW -> publisher.fault(code);
      case TEXT_UNEXPECTED,
          CHANNEL_UNKNOWN,
          MESSAGE_TOO_LARGE,
          IMAGE_UNREADABLE,
          IMAGE_SIZE,
          AUDIO_MALFORMED,
          RATE ->
          publisher.error(code);
    }
  }

  private void forget(String name, @Nullable Publisher publisher) {
    if (publisher != null && publishers.remove(name, publisher)) {
      LiveMessages.LOG.ended(name);
    }
  }

  public boolean isLive(String name) {
    return publishers.containsKey(name);
  }

  /** The running stream of that name. */
  Optional<LiveStream> stream(String name) {
    return Optional.ofNullable(publishers.get(name)).map(Publisher::stream);
  }

  /** The numbers of a running stream. */
  public Optional<StreamStats> stats(String name) {
    return stream(name).map(LiveStream::stats);
  }

  /** What layers of a session's stream may take memory from, if it runs. */
  Optional<StreamPools> pools(Session session) {
    return of(session).map(publisher -> publisher.stream().pools());
  }

  /** Sets the layers of a session's stream, if it runs. */
  void chain(Session session, LayerChain chain) {
    of(session).ifPresent(publisher -> publisher.stream().chain(chain));
  }

  /** Where the viewers of a running stream are; none come to one that is being ended. */
  public Optional<FanOut> fanOut(String name) {
    return stream(name).flatMap(LiveStream::fanOut).filter(viewers -> !viewers.isClosed());
  }

  /** The publisher of a session; another session may own the same name by now. */
  private Optional<Publisher> of(Session session) {
    return Optional.ofNullable(publishers.get(session.stream()))
        .filter(publisher -> publisher.setup().session() == session);
  }

  void sessionEnded(@Observes SessionEnded event) {
    of(event.session()).ifPresent(publisher -> publisher.end(event.reason()));
  }

  /** Once a second: tells publishers their numbers, and lets those go that are gone. */
  public void tick() {
    long now = clock.nanos();
    boolean ping = now - lastPingNanos >= PING_NANOS;
    if (ping) {
      lastPingNanos = now;
    }
    for (Publisher publisher : List.copyOf(publishers.values())) {
      if (now - publisher.heardNanos() > SILENCE_NANOS) {
        publisher.channel().close(1001, "no sign of life");
        continue;
      }
      if (publisher.stream().fanOut().filter(FanOut::isClosed).isPresent()) {
        publisher.channel().close(1011, "the stream failed");
        continue;
      }
      int playing = players.count(publisher.setup().session().stream());
      publisher
          .channel()
          .send(new StreamEvent.Stats(publisher.stream().stats().plusViewers(playing)));
      if (ping) {
        publisher.channel().ping();
      }
    }
  }

  /** Streams that run now. */
  public int size() {
    return publishers.size();
  }

  /** Ends every stream. */
  public void endAll() {
    Closing.each(List.copyOf(publishers.values()), publisher -> publisher.end(EndReason.SHUTDOWN));
  }
}
