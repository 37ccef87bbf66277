package org.framecast.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.framecast.rtc.GatheringState;
import org.framecast.rtc.Negotiation;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PeerConnection;
import org.framecast.rtc.PeerState;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.RtcOptions;
import org.framecast.rtc.SdpType;
import org.framecast.rtc.SessionDescription;
import org.framecast.rtc.Track;
import org.framecast.rtc.TrackOptions;

/**
 * The least that a Java server can do: recorded packets, one thread, a payload type written into
 * each, and the binding's send for every viewer. It answers WHEP offers as they come, and checks
 * nothing.
 */
public final class BareLoop {
  private static final Pattern SECTION =
      Pattern.compile("m=(video|audio) .*?(?=\r?\nm=|\\z)", Pattern.DOTALL);

  /** One viewer's track of one kind. */
  private record Receiver(PeerConnection peer, Track track, boolean video, int payloadType) {}

  private final RtcLibrary library;
  private final PeerConfiguration configuration;
  private final TrackOptions trackOptions;
  private final RecordedPackets packets;
  private final boolean each;
  private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

  private BareLoop(
      RtcLibrary library,
      PeerConfiguration configuration,
      TrackOptions trackOptions,
      RecordedPackets packets,
      boolean each) {
    this.library = library;
    this.configuration = configuration;
    this.trackOptions = trackOptions;
    this.packets = packets;
    this.each = each;
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws IOException {
    BenchOptions options =
        new BenchOptions("a bare loop over the binding, for WHEP viewers")
            .option("packets", "", "file of recorded packets")
            .option("http", "0", "port of the endpoint")
            .option("udp", "0", "port of the media")
            .option("each", "0", "1: each packet in a call of its own, as with a NACK history")
            .option("nack", "0", "packets that the library keeps for each track to answer NACKs")
            .parse(arguments);
    TrackOptions track = TrackOptions.sending().withNackHistory(options.number("nack"));
    RtcLibrary library =
        RtcLibrary.open(RtcOptions.of(Thread.ofPlatform().daemon().name("bare-rtc-", 0).factory()));
    BareLoop loop =
        new BareLoop(
            library,
            PeerConfiguration.standard()
                .withSharedPort(options.number("udp"))
                .withNegotiation(Negotiation.MANUAL),
            track,
            RecordedPackets.read(Path.of(options.text("packets")), Arena.ofShared()),
            options.number("each") > 0 || options.number("nack") > 0);
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), options.number("http")), 64);
    server.createContext("/", loop::handle);
    server.start();
    System.out.println("ready");
    loop.send();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      byte[] answer = answer(body).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/sdp");
      exchange.getResponseHeaders().set("Location", "/whep/bare");
      exchange.sendResponseHeaders(201, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String answer(String offer) {
    CompletableFuture<Boolean> gathered = new CompletableFuture<>();
    PeerConnection peer = PeerConnection.open(library, configuration, new Watch(gathered));
    for (MatchResult section : SECTION.matcher(offer).results().toList()) {
      boolean video = section.group(1).equals("video");
      String codec = video ? "VP8/90000" : "opus/48000/2";
      int payloadType =
          Integer.parseInt(only("a=rtpmap:(\\d+) " + codec.replace("/2", ""), section.group()));
      int ssrc = packets.ssrc(video);
      String lines =
          "m=%s 9 UDP/TLS/RTP/SAVPF %d\r\na=mid:%s\r\na=sendonly\r\na=rtcp-mux\r\na=rtpmap:%d %s\r\na=ssrc:%d cname:bare\r\na=msid:bare %s\r\n"
              .formatted(
                  section.group(1),
                  payloadType,
                  only("a=mid:(\\S+)", section.group()),
                  payloadType,
                  codec,
                  Integer.toUnsignedLong(ssrc),
                  section.group(1));
      Track track = peer.addTrack(lines, trackOptions, new Track.Listener() {});
      receivers.add(new Receiver(peer, track, video, payloadType));
    }
    // As the DTLS client the library's handshake with Pion fails on OpenSSL 3.
    peer.setRemoteDescription(
        new SessionDescription(SdpType.OFFER, offer.replace("a=setup:actpass", "a=setup:active")));
    peer.setLocalDescription(SdpType.ANSWER);
    gathered.orTimeout(5, TimeUnit.SECONDS).join();
    return peer.localDescription().orElseThrow().sdp();
  }

  private static String only(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private void send() {
    long startNanos = System.nanoTime();
    for (long round = 0; ; round++) {
      for (RecordedPackets.Unit unit : packets.units()) {
        long due = startNanos + round * packets.durationNanos() + unit.dueNanos();
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        send(unit, round);
      }
    }
  }

  private void send(RecordedPackets.Unit unit, long round) {
    for (int i = unit.first(); round > 0 && i < unit.first() + unit.count(); i++) {
      packets.nextRound(i);
    }
    for (Receiver receiver : receivers) {
      if (receiver.video() != unit.video()) {
        continue;
      }
      for (int i = unit.first(); i < unit.first() + unit.count(); i++) {
        packets.payloadType(i, receiver.payloadType());
        if (each) {
          receiver.track().send(packets.address(i), packets.sizeBytes(i));
        }
      }
      if (!each) {
        packets.send(unit, receiver.track());
      }
    }
  }

  /** Removes those who are gone. */
  private final class Watch implements PeerConnection.Listener {
    private final CompletableFuture<Boolean> gathered;

    Watch(CompletableFuture<Boolean> gathered) {
      this.gathered = gathered;
    }

    @Override
    public void gatheringStateChanged(PeerConnection peer, GatheringState state) {
      if (state == GatheringState.COMPLETE) {
        gathered.complete(true);
      }
    }

    @Override
    public void stateChanged(PeerConnection peer, PeerState state) {
      switch (state) {
        case DISCONNECTED, FAILED, CLOSED -> {
          receivers.removeIf(receiver -> receiver.peer() == peer);
          CompletableFuture.runAsync(peer::close);
        }
        case NEW, CONNECTING, CONNECTED -> {}
      }
    }
  }
}
