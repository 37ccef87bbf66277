package org.framecast.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.framecast.stream.source.scene.MovingScene;

/**
 * What the server adds: from the last byte of a picture that a publisher wrote into its WebSocket
 * to its last RTP packet at a viewer on the same machine. Both read the system's monotonic clock.
 *
 * <p>The publisher's kernel, the viewer's kernel and Pion's own reading are part of the figure;
 * that is some tenths of a millisecond more than the server's part, and nothing is subtracted. A
 * picture is known again by its RTP timestamp, which follows its arrival: the publisher's intervals
 * vary by a seed, so that the two rows of times fit in one way only.
 */
public final class LatencyBench {
  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 720;
  private static final int PICTURES = 60;
  private static final long INTERVAL_NANOS = 1_000_000_000L / 30;
  private static final long SPREAD_NANOS = 8_000_000L;
  private static final long FIT_NANOS = 4_000_000L;
  private static final double MAX_P50 = 25;
  private static final double MAX_P99 = 40;

  /** A frame at the viewer. */
  private record Seen(long mediaNanos, long atNanos) {}

  private final BenchOptions options;
  private final HttpClient http = HttpClient.newHttpClient();

  private LatencyBench(BenchOptions options) {
    this.options = options;
  }

  /** Runs the benchmark; exits with 1 when a goal is missed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchOptions options =
        new BenchOptions(
                "latency: what the server adds, 720p30 without layers; then glass to glass")
            .option("base", "http://127.0.0.1:8080", "address of the server, set by bin/bench")
            .option("seconds", "30", "measured time")
            .option("codec", "vp8", "what the viewer asks for")
            .parse(arguments);
    System.exit(new LatencyBench(options).run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    JsonLine session = new JsonLine(send("POST", "/session", "", ""));
    String token = text(session, "access_token");
    String stream = text(session, "stream");
    send("PUT", "/session/state", token, "{\"source\":null,\"layers\":[]}");
    URI target = URI.create(options.text("base").replaceFirst("http", "ws") + "/stream");
    WebSocket socket =
        http.newWebSocketBuilder()
            .subprotocols("access_token." + token, "video")
            .buildAsync(target, new WebSocket.Listener() {})
            .join();
    int seconds = options.number("seconds");
    List<Long> sent = new ArrayList<>();
    byte[][] pictures = pictures();
    Path frames = Files.createTempFile("framecast-frames", ".txt");
    Thread publisher =
        Thread.ofPlatform().daemon().start(() -> publish(socket, pictures, sent, seconds + 8));
    Thread.sleep(2_000);
    PionClient.run(
        List.of(
            "view",
            "-url",
            options.text("base") + "/whep/" + stream,
            "-token",
            token,
            "-codecs",
            options.text("codec"),
            "-audio=false",
            "-warmup",
            "3s",
            "-seconds",
            seconds + "s",
            "-frames",
            frames.toString()),
        line -> {});
    print("server's own numbers: %s%n", send("GET", "/streams/" + stream + "/stats", token, ""));
    publisher.join();
    socket.abort();
    send("DELETE", "/session", token, "");
    double[] millis = latencies(sent, read(frames));
    Files.delete(frames);
    return report(millis);
  }

  private static boolean report(double[] millis) {
    if (millis.length < 100) {
      print("only %d pictures could be matched%n", millis.length);
      return false;
    }
    Arrays.sort(millis);
    double p50 = millis[millis.length / 2];
    double p99 = millis[(int) (0.99 * (millis.length - 1))];
    boolean met = p50 <= MAX_P50 && p99 <= MAX_P99;
    print(
        "last byte in to last packet out: %d pictures, p50 %.1f ms, p95 %.1f, p99 %.1f, max %.1f (goal p50 %s, p99 %s): %s%n",
        millis.length,
        p50,
        millis[(int) (0.95 * (millis.length - 1))],
        p99,
        millis[millis.length - 1],
        MAX_P50,
        MAX_P99,
        met ? "met" : "MISSED");
    return met;
  }

  private static byte[][] pictures() throws IOException {
    MovingScene scene = new MovingScene(WIDTH, HEIGHT, 3, PICTURES);
    byte[][] all = new byte[PICTURES][];
    for (int i = 0; i < PICTURES; i++) {
      scene.render(i);
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, WIDTH, HEIGHT, scene.pixels(), 0, WIDTH);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write('v');
      ImageIO.write(image, "jpeg", file);
      all[i] = file.toByteArray();
    }
    return all;
  }

  private static void publish(WebSocket socket, byte[][] pictures, List<Long> sent, int seconds) {
    SplittableRandom random = new SplittableRandom(1);
    long startNanos = System.nanoTime();
    for (int i = 0; i < seconds * 30; i++) {
      long dueNanos = startNanos + i * INTERVAL_NANOS + random.nextLong(SPREAD_NANOS);
      for (long left = dueNanos - System.nanoTime();
          left > 0;
          left = dueNanos - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      socket.sendBinary(ByteBuffer.wrap(pictures[i % pictures.length]), true).join();
      sent.add(System.nanoTime());
    }
  }

  private static List<Seen> read(Path file) throws IOException {
    List<Seen> seen = new ArrayList<>();
    long mediaTicks = 0;
    Integer last = null;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        String[] parts = line.split(" ");
        int timestamp = Integer.parseUnsignedInt(parts[0]);
        mediaTicks += last == null ? 0 : timestamp - last;
        last = timestamp;
        seen.add(new Seen(mediaTicks * 1_000_000_000L / 90_000, Long.parseLong(parts[1])));
      }
    }
    return seen;
  }

  /** The alignment of both rows under which the most pictures fit, and their latencies under it. */
  private static double[] latencies(List<Long> sent, List<Seen> seen) {
    double[] best = {};
    if (seen.isEmpty()) {
      return best;
    }
    Seen first = seen.get(seen.size() / 2);
    for (long candidate : sent) {
      long offset = candidate - first.mediaNanos();
      if (candidate > first.atNanos() || candidate < first.atNanos() - 2_000_000_000L) {
        continue;
      }
      double[] fitting = fit(sent, seen, offset);
      if (fitting.length > best.length) {
        best = fitting;
      }
    }
    return best;
  }

  private static double[] fit(List<Long> sent, List<Seen> seen, long offset) {
    List<Double> found = new ArrayList<>();
    int at = 0;
    for (Seen frame : seen) {
      long wanted = frame.mediaNanos() + offset;
      while (at + 1 < sent.size()
          && Math.abs(sent.get(at + 1) - wanted) <= Math.abs(sent.get(at) - wanted)) {
        at++;
      }
      if (Math.abs(sent.get(at) - wanted) <= FIT_NANOS && frame.atNanos() >= sent.get(at)) {
        found.add((frame.atNanos() - sent.get(at)) / 1e6);
      }
    }
    return found.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private String send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(options.text("base") + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return answer.body();
  }

  private static String text(JsonLine line, String key) {
    return line.text().replaceFirst("(?s).*\"" + key + "\"\\s*:\\s*\"([^\"]*)\".*", "$1");
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
