package org.framecast.product;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.framecast.rtc.GatheringState;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PeerConnection;
import org.framecast.rtc.PeerState;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.framecast.rtc.SdpType;
import org.framecast.rtc.SessionDescription;
import org.framecast.rtc.Track;
import org.framecast.rtc.TrackOptions;

/** The peer connection of a viewer or publisher in the test's own process. */
final class RtcPeer implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final class Library {
    static final RtcLibrary INSTANCE =
        RtcLibrary.open(RtcOptions.of(Thread.ofPlatform().daemon().name("test-rtc-", 0).factory()));
  }

  private final PeerConnection connection;
  private final CountDownLatch gathered = new CountDownLatch(1);
  private final CountDownLatch connected = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  RtcPeer() {
    this("127.0.0.1");
  }

  /** A peer that has that address alone. */
  RtcPeer(String address) {
    connection =
        PeerConnection.open(
            Library.INSTANCE,
            PeerConfiguration.standard().withBindAddress(address),
            new Listener());
  }

  Track addTrack(String media, TrackOptions options, Track.Listener listener) {
    return connection.addTrack(media, options, listener);
  }

  /** Offers the tracks that were added, with all candidates. */
  String offer() {
    connection.setLocalDescription(SdpType.OFFER);
    await(gathered, "candidates");
    return connection.localDescription().orElseThrow().sdp();
  }

  void answer(String sdp) {
    connection.setRemoteDescription(SessionDescription.answer(sdp));
  }

  void awaitConnected() {
    await(connected, "connection");
  }

  /** Waits for the server to end the connection. */
  boolean awaitEnd(Duration limit) {
    try {
      return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void await(CountDownLatch latch, String what) {
    try {
      if (!latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("no " + what + " within " + LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static boolean isCandidate(String line) {
    return line.startsWith("a=candidate");
  }

  static String withoutCandidates(String sdp) {
    return sdp.lines()
        .filter(line -> !isCandidate(line) && !line.equals("a=end-of-candidates"))
        .map(line -> line + "\r\n")
        .collect(Collectors.joining());
  }

  /** An offer's candidates, as a PATCH has them. */
  static String fragment(String offer) {
    List<String> lines = offer.lines().distinct().toList();
    return Stream.of(
            lines.stream().filter(line -> line.startsWith("a=ice-")),
            Stream.of("m=video 9 UDP/TLS/RTP/SAVPF 102", "a=mid:0"),
            lines.stream().filter(RtcPeer::isCandidate),
            Stream.of("a=end-of-candidates"))
        .flatMap(part -> part)
        .map(line -> line + "\r\n")
        .collect(Collectors.joining());
  }

  /** Sends candidates to a session. */
  static Api.Answer trickle(Api api, String location, String token, String etag, String fragment) {
    return api.send(
        api.request(location)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/trickle-ice-sdpfrag")
            .header("If-Match", etag)
            .method("PATCH", BodyPublishers.ofString(fragment))
            .build());
  }

  /**
   * Makes an answer name another way to the server.
   *
   * @param address host and port in place of the server's own
   */
  static UnaryOperator<String> over(String address) {
    return answer ->
        answer.replaceAll(
            "(a=candidate:\\S+ 1 UDP \\d+) (\\S+) (\\d+) typ",
            "$1 " + address.replace(':', ' ') + " typ");
  }

  /** Vanishes as a killed program does: the server is not told over HTTP. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.close();
    }
  }

  private final class Listener implements PeerConnection.Listener {
    @Override
    public void gatheringStateChanged(PeerConnection changed, GatheringState state) {
      if (state == GatheringState.COMPLETE) {
        gathered.countDown();
      }
    }

    @Override
    public void stateChanged(PeerConnection changed, PeerState state) {
      switch (state) {
        case CONNECTED -> connected.countDown();
        case DISCONNECTED, FAILED, CLOSED -> ended.countDown();
        case NEW, CONNECTING -> {
          // Nothing to wait for.
        }
      }
    }
  }
}
