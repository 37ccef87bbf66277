package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** One of three viewers is on a narrow way: it gets the smaller picture, and nobody else does. */
class SteeringIT extends ProductTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** The narrow way takes so much of what the picture needs. */
  private static final double SHARE = 0.6;

  private static final Duration DOWN = Duration.ofSeconds(40);
  private static final Duration UP = Duration.ofSeconds(60);

  /** A browser's own estimate has to recover, too. */
  private static final Duration PAGE_UP = Duration.ofSeconds(90);

  private final Reception slow = new Reception();
  private final Reception second = new Reception();
  private final Reception third = new Reception();
  private int mostEncodes;

  @Test
  void whoIsSlowGetsASmallerPictureUntilItIsFastAgain(TestReporter reporter) {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket, frames())) {
      oneOfThreeIsSlow(session, 2, reporter);
      assertTrue(publisher.isRunning());
    }
  }

  /** The full picture is never decoded for those who take it as the publisher sends it. */
  @Test
  void whatIsPassedOnIsMadeSmallerForWhoIsSlowAlone(TestReporter reporter) {
    Api.Session session = api().openSession();
    try (RtcPublisher publisher = RtcPublisher.start(api(), session, Codec.VP8)) {
      oneOfThreeIsSlow(session, 1, reporter);
      assertTrue(publisher.reports() > 0);
    }
  }

  /**
   * @param encodes that there are while one has the smaller picture and two the full one
   */
  private void oneOfThreeIsSlow(Api.Session session, int encodes, TestReporter reporter) {
    try (LossyNetwork network =
            LossyNetwork.open(Product.mediaPort(), List.of("--delay", "10", "--seed", "9"));
        RtcViewer narrow = join(session, slow, network::through);
        RtcViewer wide = join(session, second, UnaryOperator.identity());
        RtcViewer widest = join(session, third, UnaryOperator.identity())) {
      for (RtcViewer viewer : List.of(narrow, wide, widest)) {
        viewer.awaitVideoPackets(30);
      }
      long bps = measure(session);
      long limitBps = (long) (SHARE * bps);
      network.rate(limitBps);
      long began = System.nanoTime();
      await(session, "the smaller picture", () -> slow.width() == WIDTH / 2, DOWN);
      reporter.publishEntry("down after ms", millisSince(began));
      assertEquals(encodes, mostEncodes, "encodes with the smaller picture");

      network.rate(0);
      began = System.nanoTime();
      await(session, "the full picture", () -> slow.width() == WIDTH, UP);
      reporter.publishEntry("up after ms", millisSince(began));

      areUndisturbed();
      assertTrue(slow.gaps() > 0, "the way was not narrow");
      assertEquals(encodes, mostEncodes);
    }
  }

  /**
   * The picture that Chromium shows, by its own counters; what the others get, by their packets.
   */
  @Test
  void aPageThatIsSlowGetsASmallerPictureUntilItIsFastAgain(TestReporter reporter) {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket, frames());
        LossyNetwork network =
            LossyNetwork.open(Product.mediaPort(), List.of("--delay", "10", "--seed", "9"));
        RtcViewer wide = join(session, second, UnaryOperator.identity());
        RtcViewer widest = join(session, third, UnaryOperator.identity());
        Browser.Script page = Browser.start("slow-page.mjs", page(session, network))) {
      wide.awaitVideoPackets(30);
      widest.awaitVideoPackets(30);
      await(session, "picture in the page", shown(page, WIDTH), UP);
      network.rate((long) (SHARE * measure(session)));
      long began = System.nanoTime();
      await(session, "smaller picture in the page", shown(page, WIDTH / 2), UP);
      reporter.publishEntry("page down after ms", millisSince(began));
      assertEquals(2, mostEncodes, "the full picture and the smaller one");

      network.rate(0);
      began = System.nanoTime();
      await(session, "full picture in the page", shown(page, WIDTH), PAGE_UP);
      reporter.publishEntry("page up after ms", millisSince(began));
      page.say("end");
      JsonObject seen = page.result();
      assertTrue(seen.getInt("frames_after") > 0, "it plays: " + seen);
      areUndisturbed();
      assertEquals(2, mostEncodes);
      assertTrue(publisher.isRunning());
    }
  }

  private static List<String> page(Api.Session session, LossyNetwork network) {
    return List.of(
        "--base=" + Product.http(),
        "--stream=" + session.stream(),
        "--token=" + session.accessToken(),
        "--relay=" + network.address());
  }

  /** Whether the page has shown a picture of that width since it was last asked for one. */
  private static BooleanSupplier shown(Browser.Script page, int width) {
    CompletableFuture<Void> told = CompletableFuture.runAsync(() -> page.await("width " + width));
    return () -> {
      if (told.isCompletedExceptionally()) {
        told.join();
      }
      return told.isDone();
    };
  }

  private void areUndisturbed() {
    for (Reception other : List.of(second, third)) {
      assertEquals(List.of(WIDTH), other.widths().stream().distinct().toList());
      assertEquals(0, other.gaps(), "packets that the others miss");
    }
  }

  private static List<byte[]> frames() {
    return IntStream.range(0, 25)
        .mapToObj(i -> Pictures.encode(Pictures.scene(WIDTH, HEIGHT, i).image(), "jpeg"))
        .toList();
  }

  private RtcViewer join(Api.Session session, Reception reception, UnaryOperator<String> way) {
    return RtcViewer.join(api(), session.stream(), session.accessToken(), reception, way);
  }

  /** What the full picture needs, once its rate has settled. */
  private long measure(Api.Session session) {
    pass(session, Duration.ofSeconds(2));
    long bytes = second.bytes();
    long began = System.nanoTime();
    pass(session, Duration.ofSeconds(1));
    return (second.bytes() - bytes) * 8 * 1_000_000_000L / (System.nanoTime() - began);
  }

  private void pass(Api.Session session, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      live(session);
    }
  }

  private void await(Api.Session session, String what, BooleanSupplier condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(
          System.nanoTime() < deadline,
          () -> "no " + what + " within " + limit + "; keyframes: " + slow.widths());
      live(session);
    }
  }

  /** What viewers do all the time; and a look at the encodes. */
  private void live(Api.Session session) {
    for (Reception reception : List.of(slow, second, third)) {
      reception.report();
    }
    JsonArray encodes =
        api()
            .get("/streams/" + session.stream() + "/stats", session.accessToken())
            .json()
            .getJsonArray("encodes");
    mostEncodes = Math.max(mostEncodes, encodes.size());
    LockSupport.parkNanos(100_000_000L);
  }

  private static String millisSince(long beganNanos) {
    return Long.toString((System.nanoTime() - beganNanos) / 1_000_000);
  }
}
