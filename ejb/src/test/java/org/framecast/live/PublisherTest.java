package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.framecast.config.ServerConfig;
import org.framecast.session.EndReason;
import org.framecast.session.RecordedEvents;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.session.SessionSetup;
import org.framecast.session.StepClock;
import org.framecast.session.StreamMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private static final ServerConfig CONFIG =
      ServerConfig.read(key -> Optional.empty(), Path.of("data"));

  private final AtomicLong now = new AtomicLong();
  private final RecordedChannel channel = new RecordedChannel();
  private final RecordedStream stream = new RecordedStream();
  private final List<String> afterClose = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Publisher publisher =
      new Publisher(
          setup(),
          channel,
          stream,
          CONFIG.ingest(),
          now::get,
          later::add,
          () -> afterClose.add("closed"));

  private static SessionSetup setup() {
    StepClock clock = new StepClock();
    Session session =
        new SessionRegistry(CONFIG, clock, new RecordedEvents<>())
            .open("a", Optional.empty())
            .session();
    return new SessionSetup(
        session, StreamMode.VIDEO, session.reserve(clock.instant()).orElseThrow());
  }

  @AfterEach
  void nothingIsLeft() {
    publisher.close();
    publisher.close();
    assertEquals(List.of("closed"), afterClose);
    assertEquals(0, stream.liveBuffersAtClose());
  }

  private void send(int channelByte, byte[] content) {
    ByteBuffer message = ByteBuffer.allocate(content.length + 1);
    message.put((byte) channelByte).put(content).flip();
    publisher.binary(message, true);
  }

  private static byte[] image(String format, int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out));
    return out.toByteArray();
  }

  @Test
  void picturesComeByLetterAndByNumber() throws IOException {
    send('v', image("jpeg", 64, 48));
    send(1, image("png", 32, 16));
    assertEquals(List.of("JPEG 64x48", "PNG 32x16"), stream.images());
    assertEquals(List.of(), channel.codes());
  }

  @Test
  void soundThatBeginsLikeAJpegStaysSound() throws IOException {
    byte[] sound = new byte[960 * 8];
    sound[0] = (byte) 0xFF;
    sound[1] = (byte) 0xD8;
    send('a', sound);
    send(2, sound);
    assertEquals(List.of(960, 960), stream.soundSamples());
    assertEquals(List.of(), stream.images());
  }

  @Test
  void whatCannotBeUsedIsToldAndTheStreamGoesOn() throws IOException {
    publisher.text();
    send('x', new byte[10]);
    send('v', new byte[] {1, 2, 3, 4});
    send('v', image("png", 1, 1));
    send('v', image("png", 20_000, 16));
    send('a', new byte[9]);
    send('a', new byte[48_001 * 8]);
    publisher.binary(ByteBuffer.allocate(0), true);
    publisher.binary(ByteBuffer.allocate(9 << 20), true);
    assertEquals(
        List.of(
            "text-unexpected",
            "channel-unknown",
            "image-unreadable",
            "image-size",
            "image-size",
            "audio-malformed",
            "audio-malformed",
            "channel-unknown",
            "message-too-large"),
        channel.codes());
    send('v', image("jpeg", 64, 48));
    assertEquals(1, stream.images().size());
    assertEquals(List.of(), channel.closes());
  }

  @Test
  void repeatedAbuseClosesWith1008() {
    for (int i = 0; i < 21; i++) {
      publisher.text();
    }
    assertEquals(List.of(), channel.closes(), "not on the thread that found the error");
    later.forEach(Runnable::run);
    assertEquals(List.of(1008), channel.closes());
  }

  @Test
  void theThirdOversizedMessageClosesWith1009() {
    for (int i = 0; i < 3; i++) {
      publisher.binary(ByteBuffer.allocate(9 << 20), true);
    }
    later.forEach(Runnable::run);
    assertEquals(List.of(1009), channel.closes());
  }

  @Test
  void aFloodOfPicturesIsHeldToTheRate() throws IOException {
    byte[] picture = image("png", 16, 16);
    for (int i = 0; i < 121; i++) {
      send('v', picture);
    }
    assertEquals(120, stream.images().size());
    assertEquals(List.of("rate"), channel.codes());
  }

  @Test
  void aFaultOfALayerIsToldOnceASecondAndIsNoAbuse() {
    for (int i = 0; i < 100; i++) {
      publisher.fault(StreamEvent.Code.LAYER_FAILED);
    }
    now.addAndGet(1_000_000_000L);
    publisher.fault(StreamEvent.Code.LAYER_FAILED);
    assertEquals(List.of("layer-failed", "layer-failed"), channel.codes());
    assertEquals(List.of(), channel.closes());
  }

  @Test
  void aFaultThatCouldNotBeToldIsToldNextTime() {
    channel.refusesEvents(true);
    publisher.fault(StreamEvent.Code.OVERFLOW);
    channel.refusesEvents(false);
    publisher.fault(StreamEvent.Code.OVERFLOW);
    publisher.fault(StreamEvent.Code.OVERFLOW);
    assertEquals(List.of("overflow"), channel.codes());
  }

  @Test
  void everyEndHasItsCode() {
    Arrays.stream(EndReason.values()).forEach(publisher::end);
    assertEquals(List.of(1000, 4401, 4401, 1001), channel.closes());
    assertEquals(
        List.of("session-deleted", "session-expired", "token-expired", "shutdown"),
        channel.endings());
  }
}
