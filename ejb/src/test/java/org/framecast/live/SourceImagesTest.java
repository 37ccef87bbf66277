package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.framecast.config.ServerConfig;
import org.framecast.problem.ProblemException;
import org.framecast.session.RecordedEvents;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.session.StepClock;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.media.StillImage;
import org.junit.jupiter.api.Test;

class SourceImagesTest {
  private static final ServerConfig CONFIG =
      ServerConfig.read(key -> Optional.empty(), Path.of("data"));

  private final CountDownLatch decoding = new CountDownLatch(2);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final SourceImages images = new SourceImages(codecs(), CONFIG);
  private final Session session =
      new SessionRegistry(CONFIG, new StepClock(), new RecordedEvents<>())
          .open("a", Optional.empty())
          .session();

  /** Codecs whose image decoder waits until it may go on. */
  private MediaCodecs codecs() {
    ImageDecoder decoder =
        proxy(
            ImageDecoder.class,
            () -> {
              decoding.countDown();
              assertTrue(goOn.await(30, TimeUnit.SECONDS));
              return new StillImage(1, 1, new int[1]);
            });
    return proxy(MediaCodecs.class, () -> decoder);
  }

  private interface Step {
    Object result() throws InterruptedException;
  }

  private static <T> T proxy(Class<T> type, Step step) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> method.getName().equals("close") ? null : step.result()));
  }

  private static byte[] png() {
    ByteBuffer file = ByteBuffer.allocate(33);
    file.putLong(0x89504E470D0A1A0AL).putInt(13);
    file.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(8).putInt(8);
    file.put(new byte[] {8, 2, 0, 0, 0});
    return file.array();
  }

  @Test
  void whileTwoAreDecodedTheThirdIsToldToAskAgainAndNobodyWaits() throws InterruptedException {
    List<CompletableFuture<?>> two = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      two.add(
          CompletableFuture.runAsync(
              () -> images.add(session, "image/png", png()),
              task -> Thread.ofPlatform().start(task)));
    }
    assertTrue(decoding.await(30, TimeUnit.SECONDS), "two are being decoded");
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> images.add(session, "image/png", png()));
    assertEquals(503, refusal.problem().status());
    assertTrue(refusal.problem().retryAfter().isPresent());
    goOn.countDown();
    two.forEach(CompletableFuture::join);
    assertEquals(2, session.sources().size());
    images.add(session, "image/png", png());
    assertEquals(3, session.sources().size());
  }
}
