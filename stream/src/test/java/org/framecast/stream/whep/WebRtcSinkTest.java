package org.framecast.stream.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.flow.Announcer;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.datachannel.TestViewer;
import org.framecast.stream.webrtc.rtp.Vp8Depacketizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sink with viewers on the real library, who come by HTTP. */
@Timeout(180)
class WebRtcSinkTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 96;
  private static final long FRAME_NANOS = 40_000_000L;
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private final MediaCodecs codecs =
      ServiceLoader.load(MediaCodecs.class).findFirst().orElseThrow();
  private final FramePool frames = FramePool.open("frames", 16);
  private final BufferPool buffers = BufferPool.open("buffers", 64 << 20);
  private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
  private final List<String> announced = Collections.synchronizedList(new ArrayList<>());
  private final Map<Class<?>, Object> parts = new HashMap<>();
  private final Watchers watchers = new Watchers();
  private WebRtcSink sink;
  private long pictures;

  WebRtcSinkTest() {
    parts.put(MediaCodecs.class, codecs);
    parts.put(FramePool.class, frames);
    parts.put(BufferPool.class, buffers);
    parts.put(MediaClock.class, MediaClock.system());
    parts.put(ThreadFactory.class, (ThreadFactory) this::thread);
    parts.put(Announcer.class, (Announcer) announced::add);
    parts.putAll(watchers.parts());
    sink = open(Map.of());
  }

  private Thread thread(Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(work);
    threads.add(thread);
    return thread;
  }

  private WebRtcSink open(Map<String, ?> options) {
    Map<String, Object> all = new HashMap<>(Map.of("port", 0));
    all.putAll(options);
    return (WebRtcSink)
        new WebRtcSinkProvider()
            .create(
                OptionBinder.bind(WebRtcSinkOptions.class, all),
                new ComponentContext() {
                  @Override
                  public <T> Optional<T> find(Class<T> type) {
                    return Optional.ofNullable(parts.get(type)).map(type::cast);
                  }
                });
  }

  private void reopen(Map<String, ?> options) {
    sink.close();
    sink = open(options);
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    sink.close();
    sink.close();
    watchers.close();
    for (Thread thread : threads) {
      thread.join(30_000);
      assertFalse(thread.isAlive(), thread.getName());
    }
    assertEquals(0, frames.live(), "frames");
    assertEquals(0, buffers.live(), "buffers");
    frames.close();
    buffers.close();
    assertEquals(0, codecs.liveNatives(), "natives");
    assertThrows(
        IOException.class,
        () -> new Socket(sink.page().getHost(), sink.page().getPort()).close(),
        "the port is free again");
  }

  private void begin() {
    sink.begin(
        new MediaInfo(
            Optional.of(new VideoInfo(WIDTH, HEIGHT, 25)),
            Optional.of(AudioInfo.WORKING),
            Optional.empty(),
            Map.of()));
  }

  private void show() {
    try (TimestampedFrame frame =
        new TimestampedFrame(
            frames.acquire(FrameShape.i420(WIDTH, HEIGHT)),
            "test",
            pictures,
            pictures * FRAME_NANOS)) {
      frame.pixels().plane(0).fill((byte) (pictures * 7));
      frame.pixels().plane(1).fill((byte) 128);
      frame.pixels().plane(2).fill((byte) 128);
      pictures++;
      sink.accept(frame);
    }
  }

  private void sound(long number) {
    int bytes = 960 * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer pcm = buffers.acquire(bytes).sizeBytes(bytes);
    pcm.content().fill((byte) 0);
    try (AudioFrame block = new AudioFrame(pcm, number * 20_000_000L)) {
      sink.accept(block);
    }
  }

  /** Shows pictures until one has come through whole. */
  private Vp8Depacketizer.Frame next(TestViewer viewer, Vp8Depacketizer depacketizer)
      throws InterruptedException {
    show();
    while (true) {
      byte[] packet = viewer.video.poll(30, TimeUnit.SECONDS);
      assertNotNull(packet, "no packet");
      Optional<Vp8Depacketizer.Frame> frame = depacketizer.take(packet);
      if (frame.isPresent()) {
        return frame.get();
      }
    }
  }

  @Test
  void aViewerGetsEveryPictureInItsTimeAndTheSound() throws Exception {
    begin();
    try (TestViewer viewer = watchers.join(sink.endpoint())) {
      Vp8Depacketizer depacketizer = new Vp8Depacketizer();
      Vp8Depacketizer.Frame first = next(viewer, depacketizer);
      assertTrue(first.isKeyframe());
      for (int i = 1; i < 20; i++) {
        sound(2L * i);
        sound(2L * i + 1);
        Vp8Depacketizer.Frame frame = next(viewer, depacketizer);
        assertEquals(i * 0.04, (frame.timestamp() - first.timestamp()) / 90_000.0, 0.001);
        assertNotNull(viewer.audio.poll(30, TimeUnit.SECONDS), "sound");
      }
      assertEquals(1, sink.statistics().orElseThrow().viewers());
    }
  }

  @Test
  void itsAddressIsAnnouncedAndHasAPageThatPlaysIt() throws Exception {
    assertEquals(List.of("watch at " + sink.page()), announced);
    HttpResponse<String> page = watchers.send("GET", sink.page(), "");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("<video"), page.body());
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'"), policy);
    for (String name : List.of("watch.js", "watch.css", "favicon.svg")) {
      assertTrue(page.body().contains(name));
      assertEquals(200, watchers.send("GET", sink.page().resolve(name), "").statusCode());
    }
    assertEquals(404, watchers.send("GET", sink.page().resolve("other"), "").statusCode());
    assertEquals(405, watchers.send("POST", sink.page(), "").statusCode());
    assertEquals("127.0.0.1", sink.page().getHost());
  }

  @Test
  void beforeTheFirstItemAViewerIsToldToComeAgain() throws Exception {
    try (TestViewer viewer = watchers.viewer()) {
      HttpResponse<String> early = watchers.offer(sink.endpoint(), viewer.offer());
      assertEquals(409, early.statusCode());
      assertEquals(Optional.of("1"), early.headers().firstValue("Retry-After"));
      begin();
      assertEquals(201, watchers.offer(sink.endpoint(), viewer.offer()).statusCode());
    }
  }

  @Test
  void offersThatCannotBeAnsweredAreRefusedAsTheStandardSays() throws Exception {
    begin();
    URI whep = sink.endpoint();
    assertEquals(
        415, watchers.send("POST", whep, "v=0", "Content-Type", "text/plain").statusCode());
    assertEquals(400, watchers.offer(whep, "no sdp").statusCode());
    assertEquals(413, watchers.offer(whep, "v".repeat(65_537)).statusCode());
    try (TestViewer viewer = watchers.viewer()) {
      String sending = viewer.offer().replace("a=recvonly", "a=sendonly");
      assertEquals(422, watchers.offer(whep, sending).statusCode());
      reopen(Map.of("codec", "h264"));
      sink.begin(MediaInfo.ofVideo(new VideoInfo(WIDTH, HEIGHT, 25)));
      HttpResponse<String> other = watchers.offer(sink.endpoint(), viewer.offer());
      assertEquals(422, other.statusCode(), "VP8 alone for a stream of H264: " + other.body());
    }
  }

  @Test
  void theEndpointSaysWhatItTakes() throws Exception {
    HttpResponse<String> options = watchers.send("OPTIONS", sink.endpoint(), "");
    assertEquals(200, options.statusCode());
    assertEquals(Optional.of(SDP), options.headers().firstValue("Accept-Post"));
    assertEquals(204, watchers.send("GET", sink.endpoint(), "").statusCode());
    assertEquals(200, watchers.send("HEAD", sink.endpoint(), "").statusCode());
    HttpResponse<String> put = watchers.send("PUT", sink.endpoint(), "");
    assertEquals(405, put.statusCode());
    assertEquals(Optional.of("GET, HEAD, OPTIONS, POST"), put.headers().firstValue("Allow"));
  }

  @Test
  void aSessionTricklesAndEndsByItsSecretAddress() throws Exception {
    begin();
    try (TestViewer viewer = watchers.viewer()) {
      HttpResponse<String> answer = watchers.offer(sink.endpoint(), viewer.offer());
      assertEquals(201, answer.statusCode());
      assertEquals(Optional.of(SDP), answer.headers().firstValue("Content-Type"));
      URI session = sink.page().resolve(answer.headers().firstValue("Location").orElseThrow());
      String etag = answer.headers().firstValue("ETag").orElseThrow();
      Watchers.connect(viewer, answer.body());
      String fragment = "a=mid:v\r\na=candidate:1 1 udp 1 127.0.0.1 9 typ host\r\n";
      assertEquals(204, patch(session, fragment, FRAGMENT, etag));
      assertEquals(204, patch(session, fragment, FRAGMENT, "*"));
      assertEquals(412, patch(session, fragment, FRAGMENT, "\"other\""));
      assertEquals(415, patch(session, fragment, SDP, etag));
      assertEquals(
          428, watchers.send("PATCH", session, fragment, "Content-Type", FRAGMENT).statusCode());
      assertEquals(413, patch(session, "a".repeat(65_537), FRAGMENT, etag));
      String restart = "a=ice-ufrag:other\r\na=ice-pwd:0123456789012345678901\r\n" + fragment;
      assertEquals(422, patch(session, restart, FRAGMENT, etag));
      assertEquals(204, watchers.send("GET", session, "").statusCode());
      assertEquals(405, watchers.send("POST", session, "").statusCode());
      assertEquals(200, watchers.send("DELETE", session, "").statusCode());
      assertEquals(404, watchers.send("DELETE", session, "").statusCode());
      assertEquals(0, sink.statistics().orElseThrow().viewers());
    }
  }

  private int patch(URI session, String body, String type, String etag) throws Exception {
    return watchers
        .send("PATCH", session, body, "Content-Type", type, "If-Match", etag)
        .statusCode();
  }

  @Test
  void moreViewersThanMayBeAreToldToComeAgain() throws Exception {
    reopen(Map.of("viewers", 1));
    begin();
    try (TestViewer first = watchers.join(sink.endpoint());
        TestViewer second = watchers.viewer()) {
      HttpResponse<String> full = watchers.offer(sink.endpoint(), second.offer());
      assertEquals(503, full.statusCode());
      assertEquals(Optional.of("1"), full.headers().firstValue("Retry-After"));
    }
  }

  @Test
  void pagesOfOtherSitesAreRefused() throws Exception {
    begin();
    String origin = "http://" + sink.page().getAuthority();
    URI whep = sink.endpoint();
    assertEquals(
        403, watchers.send("POST", whep, "", "Origin", "http://other.example").statusCode());
    assertEquals(415, watchers.send("POST", whep, "", "Origin", origin).statusCode());
    assertEquals("403", status("rebound.example"), "a name that leads to loopback");
    assertEquals("204", status("localhost:" + whep.getPort()));
    assertEquals("204", status("[::1]"));
  }

  /** The status of a request to it under that name. */
  private String status(String host) throws IOException {
    URI whep = sink.endpoint();
    try (Socket socket = new Socket(whep.getHost(), whep.getPort())) {
      String request = "GET /whep HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.split(" ", 3)[1];
    }
  }

  /** More than there is room for offer themselves at once. */
  @Test
  void ofManyWhoComeAtOnceSoManyComeInAsMayBe() throws Exception {
    reopen(Map.of("viewers", 2));
    begin();
    List<TestViewer> viewers = new ArrayList<>();
    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> offers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        TestViewer viewer = watchers.viewer();
        viewers.add(viewer);
        String offer = viewer.offer();
        offers.add(() -> watchers.offer(sink.endpoint(), offer).statusCode());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : together.invokeAll(offers)) {
        statuses.add(each.get());
      }
      statuses.sort(null);
      assertEquals(List.of(201, 201, 503, 503, 503, 503, 503, 503), statuses);
    } finally {
      viewers.forEach(TestViewer::close);
    }
  }

  @Test
  void whoSendsNoWholeRequestHoldsOneOfSoManyThreads() throws Exception {
    int more = 16;
    List<Socket> slow = new ArrayList<>();
    CountDownLatch cut = new CountDownLatch(more);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WhepServer.MAX_REQUESTS + more; i++) {
        Socket socket = firstByte();
        slow.add(socket);
        readers.execute(() -> awaitEnd(socket, cut));
      }
      // Those that are served are cut off too, but later.
      assertTrue(cut.await(30, TimeUnit.SECONDS), cut.getCount() + " are not cut off");
      assertEquals(WhepServer.MAX_REQUESTS, serving());
      for (Socket socket : slow) {
        socket.close();
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (serving() > 0) {
      assertTrue(System.nanoTime() < deadline, () -> serving() + " threads wait");
      LockSupport.parkNanos(10_000_000L);
    }
    assertEquals("204", status("localhost"));
  }

  /** It holds a thread no longer than a request may take. */
  @Test
  void aRequestThatDoesNotGoOnIsCutOff() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    try (Socket socket = firstByte();
        ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
      reader.execute(() -> awaitEnd(socket, cut));
      boolean ended = cut.await(30, TimeUnit.SECONDS);
      socket.close();
      assertTrue(ended, "it is waited for");
    }
  }

  private Socket firstByte() throws IOException {
    Socket socket = new Socket(sink.page().getHost(), sink.page().getPort());
    socket.getOutputStream().write('G');
    return socket;
  }

  private static void awaitEnd(Socket socket, CountDownLatch ended) {
    try {
      assertEquals(-1, socket.getInputStream().read());
    } catch (IOException e) {
      // It was reset, which is an end too.
    }
    ended.countDown();
  }

  /** Threads that read or answer requests now. */
  private long serving() {
    return List.copyOf(threads).stream()
        .filter(thread -> thread.getName().equals("framecast-whep") && thread.isAlive())
        .count();
  }

  @Test
  void theEndOfTheStreamEndsItsViewers() throws Exception {
    begin();
    try (TestViewer viewer = watchers.join(sink.endpoint())) {
      next(viewer, new Vp8Depacketizer());
      sink.finish();
      sink.close();
      viewer.gone.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    MediaException taken =
        assertThrows(
            MediaException.class, () -> open(Map.of("port", sink.page().getPort())).close());
    assertEquals(MediaException.Code.SINK_FAILED, taken.code());
  }

  @Test
  void whatCannotBeHereIsSaid() {
    MediaInfo nothing =
        new MediaInfo(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    assertEquals(
        MediaException.Code.OPTIONS,
        assertThrows(MediaException.class, () -> sink.begin(nothing)).code());
    for (Class<?> part : List.of(PeerTransport.class, ScheduledExecutorService.class)) {
      Object kept = parts.remove(part);
      MediaException missing = assertThrows(MediaException.class, () -> open(Map.of()));
      assertEquals(MediaException.Code.OPTIONS, missing.code());
      assertTrue(String.valueOf(missing.getMessage()).contains("need no sink"), missing::toString);
      parts.put(part, kept);
    }
  }

  @Test
  void withoutAnEncoderItFailsAtTheFirstPictureAndSaysWhy() {
    parts.put(MediaCodecs.class, failingAt(codec -> true));
    reopen(Map.of());
    MediaException none = assertThrows(MediaException.class, this::begin);
    assertEquals(MediaException.Code.CODEC_FAILED, none.code());
    String words = String.valueOf(none.getMessage());
    assertTrue(words.contains("160 × 96") && words.contains("no device"), words);
  }

  @Test
  void aCodecThatCannotBeEncodedIsNotOffered() throws Exception {
    parts.put(MediaCodecs.class, failingAt(codec -> codec == Codec.VP8));
    reopen(Map.of());
    begin();
    try (TestViewer viewer = watchers.viewer()) {
      assertEquals(422, watchers.offer(sink.endpoint(), viewer.offer()).statusCode());
    }
  }

  @Test
  void whatItsEncodersFailAtIsCountedAndItGoesOn() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    parts.put(MediaCodecs.class, failingAt(codec -> broken.get()));
    reopen(Map.of());
    begin();
    broken.set(true);
    try (TestViewer viewer = watchers.join(sink.endpoint())) {
      show();
      awaitFaults(1);
      show();
      awaitFaults(2);
      broken.set(false);
      assertTrue(next(viewer, new Vp8Depacketizer()).isKeyframe());
      assertEquals(2, sink.faults());
    }
  }

  @Test
  void encodersThatMakeNothingAnyMoreAreItsEnd() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    parts.put(MediaCodecs.class, failingAt(codec -> broken.get()));
    reopen(Map.of());
    begin();
    broken.set(true);
    TestViewer viewer = watchers.join(sink.endpoint());
    try (viewer) {
      for (int i = 1; i <= EncodeFaults.LIMIT; i++) {
        show();
        awaitFaults(i);
      }
      MediaException end = assertThrows(MediaException.class, this::show);
      assertEquals(MediaException.Code.CODEC_FAILED, end.code());
      assertTrue(String.valueOf(end.getMessage()).contains("no device"), end::toString);
    }
  }

  private void awaitFaults(long wanted) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (sink.faults() < wanted) {
      assertTrue(System.nanoTime() < deadline, () -> sink.faults() + " faults");
      LockSupport.parkNanos(1_000_000L);
    }
  }

  /** The real codecs, but the encoders of those pictures cannot be opened. */
  private MediaCodecs failingAt(Predicate<Codec> broken) {
    return (MediaCodecs)
        Proxy.newProxyInstance(
            MediaCodecs.class.getClassLoader(),
            new Class<?>[] {MediaCodecs.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("openVideoEncoder")
                  && broken.test(((VideoEncoderSettings) arguments[0]).codec())) {
                throw new MediaException(MediaException.Code.CODEC_FAILED, "no device");
              }
              return method.invoke(codecs, arguments);
            });
  }
}
