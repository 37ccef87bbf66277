package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.auth.Secret;
import org.framecast.config.ServerConfig;
import org.framecast.session.EndReason;
import org.framecast.session.RecordedEvents;
import org.framecast.session.Session;
import org.framecast.session.SessionEnded;
import org.framecast.session.SessionRegistry;
import org.framecast.session.SessionSetup;
import org.framecast.session.StepClock;
import org.framecast.session.StreamMode;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutSettings;
import org.framecast.stream.webrtc.ViewerListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveStreamsTest {
  private static final ServerConfig CONFIG =
      ServerConfig.read(key -> Optional.empty(), Path.of("data"));

  private final StepClock clock = new StepClock();
  private final SessionRegistry sessions =
      new SessionRegistry(CONFIG, clock, new RecordedEvents<>());
  private final AtomicReference<@Nullable StreamErrors> errors = new AtomicReference<>();
  private final List<Publisher> opened = new ArrayList<>();
  private final List<RecordedStream> made = new ArrayList<>();
  private int clockReadings;
  private int failingReading = Integer.MAX_VALUE;
  private final LiveStreams streams =
      new LiveStreams(
          CONFIG,
          this::nanos,
          (setup, channel, hearer) -> {
            errors.set(hearer);
            RecordedStream stream = new RecordedStream();
            made.add(stream);
            return stream;
          },
          Runnable::run,
          new HttpPlayers(CONFIG, () -> 0, clock));

  private long nanos() {
    if (clockReadings++ >= failingReading) {
      throw new IllegalStateException("no time");
    }
    return 0;
  }

  private RecordedChannel publish(Session session) {
    return publish(session, new RecordedChannel());
  }

  private RecordedChannel publish(Session session, RecordedChannel channel) {
    SessionSetup setup =
        new SessionSetup(session, StreamMode.IMAGE, session.reserve(clock.instant()).orElseThrow());
    opened.add(streams.publish(setup, channel));
    return channel;
  }

  private Session session() {
    return sessions.open("a", Optional.empty()).session();
  }

  @AfterEach
  void nothingIsLeft() {
    opened.forEach(Publisher::close);
    assertEquals(0, streams.size());
  }

  @Test
  void imagesThatFindNoPlaceAreToldAndAreNoAbuse() {
    RecordedChannel channel = publish(session());
    StreamErrors hearer = assertNotNullHere(errors.get());
    for (int i = 0; i < 100; i++) {
      hearer.error(StreamEvent.Code.OVERFLOW);
    }
    hearer.error(StreamEvent.Code.LAYER_FAILED);
    assertEquals(List.of("overflow", "layer-failed"), channel.codes());
    assertEquals(List.of(), channel.closes());
  }

  @Test
  void brokenImagesAreAbuse() {
    RecordedChannel channel = publish(session());
    StreamErrors hearer = assertNotNullHere(errors.get());
    for (int i = 0; i < 21; i++) {
      hearer.error(StreamEvent.Code.IMAGE_UNREADABLE);
    }
    assertEquals(List.of(1008), channel.closes());
  }

  @Test
  void aTokenThatRanOutDuringTheHandshakeEndsThePublisher() {
    Session session = session();
    clock.step(CONFIG.sessions().accessLife().plus(Duration.ofSeconds(1)));
    sessions.sweep();
    assertEquals(List.of("token-expired"), publish(session).endings());
  }

  @Test
  void anEndReachesItsOwnPublisherThoughTheNameHasANewOwner() {
    Secret secret = Secret.random();
    Session first = sessions.open("a", Optional.empty(), secret).session();
    RecordedChannel firstChannel = publish(first);
    sessions.end(first, EndReason.DELETED); // the event is delivered below, late
    Session second = sessions.open("a", Optional.empty(), secret).session();
    RecordedChannel secondChannel = publish(second);
    streams.sessionEnded(new SessionEnded(first, EndReason.DELETED));
    assertEquals(List.of("session-deleted"), firstChannel.endings());
    assertEquals(List.of(), secondChannel.endings());
    streams.sessionEnded(new SessionEnded(second, EndReason.EXPIRED));
    assertEquals(List.of("session-expired"), secondChannel.endings());
  }

  @Test
  void oneThatCannotBeEndedDoesNotSaveTheOthers() {
    List<RecordedChannel> channels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RecordedChannel channel = new RecordedChannel();
      channel.failsToClose();
      channels.add(publish(session(), channel));
    }
    assertThrows(IllegalStateException.class, streams::endAll);
    for (RecordedChannel channel : channels) {
      assertEquals(List.of("shutdown"), channel.endings());
    }
  }

  @Test
  void aPublisherThatCannotBeMadeLeavesNoStream() {
    int readings = clockReadings;
    publish(session());
    int needed = clockReadings - readings;
    assertTrue(needed >= 2, "the publisher and its guard read the clock");
    for (int step = 0; step < needed; step++) {
      failingReading = clockReadings + step;
      Session session = session();
      assertThrows(IllegalStateException.class, () -> publish(session), "at step " + step);
      failingReading = Integer.MAX_VALUE;
      assertTrue(made.getLast().isClosed(), "at step " + step);
      assertFalse(streams.isLive(session.stream()));
    }
    assertEquals(1, streams.size());
  }

  @Test
  void aPublisherThatCannotBeToldLeavesNoStream() {
    Session session = session();
    clock.step(CONFIG.sessions().accessLife().plus(Duration.ofSeconds(1)));
    sessions.sweep();
    RecordedChannel channel = new RecordedChannel();
    channel.failsToSend();
    assertThrows(IllegalStateException.class, () -> publish(session, channel));
    assertTrue(made.getLast().isClosed());
    assertEquals(0, streams.size());
  }

  @Test
  void aPublisherIsNotLeftWithAStreamThatFailed() {
    RecordedChannel channel = publish(session());
    FanOut viewers = fanOut();
    made.getLast().viewers(viewers);
    viewers.close();
    streams.tick();
    assertEquals(List.of(1011), channel.closes());
  }

  private static FanOut fanOut() {
    return FanOut.open(
        FanOutSettings.of(StreamParts.FORMATS),
        RenditionDemand.none(),
        ViewerListener.none(),
        () -> 0,
        () -> Instant.EPOCH,
        Thread::new);
  }

  @Test
  void noViewerComesToAStreamThatIsBeingEnded() {
    Session session = session();
    publish(session);
    FanOut viewers = fanOut();
    made.getLast().viewers(viewers);
    assertEquals(Optional.of(viewers), streams.fanOut(session.stream()));
    viewers.close();
    assertTrue(streams.isLive(session.stream()), "it has not ended yet");
    assertEquals(Optional.empty(), streams.fanOut(session.stream()));
  }

  private static <T> T assertNotNullHere(@Nullable T value) {
    assertNotNull(value);
    return value;
  }
}
