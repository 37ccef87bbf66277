package org.framecast.product;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.framecast.rtc.Track;
import org.framecast.rtc.TrackOptions;
import org.jspecify.annotations.Nullable;

/** A WHEP viewer in the test's own process that counts the packets that reach it. */
final class RtcViewer implements AutoCloseable {
  private static final String VIDEO =
      "m=video 9 UDP/TLS/RTP/SAVPF 102\r\na=mid:0\r\na=recvonly\r\na=rtcp-mux\r\n"
          + "a=rtcp-fb:102 nack\r\na=rtcp-fb:102 nack pli\r\na=rtpmap:102 ";

  /** What a viewer takes for a picture, as it stands in its offer. */
  enum Format {
    VP8("VP8/90000\r\n"),
    VP9("VP9/90000\r\na=fmtp:102 profile-id=0\r\n"),
    AV1("AV1/90000\r\n"),
    H264(
        "H264/90000\r\na=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;"
            + "profile-level-id=42e01f\r\n");

    private final String lines;

    Format(String lines) {
      this.lines = lines;
    }
  }

  private static final String AUDIO =
      "m=audio 9 UDP/TLS/RTP/SAVPF 115\r\na=mid:1\r\na=recvonly\r\na=rtcp-mux\r\n"
          + "a=rtpmap:115 opus/48000/2\r\n";

  private final Api api;
  private final String token;
  private final RtcPeer peer;
  private final Counter video;
  private final Counter audio;
  private Format format = Format.VP8;
  private TrackOptions receiving = TrackOptions.receiving();
  private TrackOptions hearing = TrackOptions.receiving();
  private @Nullable Track picture;
  private UnaryOperator<String> way = UnaryOperator.identity();
  private String location = "";
  private String etag = "";
  private UnaryOperator<String> wording = UnaryOperator.identity();
  private String offered = "";
  private String answered = "";
  private String fragment = "";

  private RtcViewer(Api api, String token, Consumer<byte[]> videoSink, Consumer<byte[]> audioSink) {
    this(api, token, videoSink, audioSink, "127.0.0.1");
  }

  private RtcViewer(
      Api api,
      String token,
      Consumer<byte[]> videoSink,
      Consumer<byte[]> audioSink,
      String address) {
    this.peer = new RtcPeer(address);
    this.api = api;
    this.token = token;
    this.video = new Counter(102, videoSink);
    this.audio = new Counter(115, audioSink);
  }

  /** Offers, posts, and sets the answer; media may still be on its way. */
  static RtcViewer join(Api api, String stream, String token) {
    return started(forgetful(api, token), viewer -> viewer.negotiate(stream));
  }

  /** As {@link #join(Api, String, String)}, with pictures in that format alone. */
  static RtcViewer join(Api api, String stream, String token, Format format) {
    RtcViewer viewer = forgetful(api, token);
    viewer.format = format;
    return started(viewer, joining -> joining.negotiate(stream));
  }

  /** As {@link #join(Api, String, String)}, and keeps what comes. */
  static RtcViewer join(Api api, String stream, String token, RtpRecording recording) {
    RtcViewer viewer = new RtcViewer(api, token, recording::video, recording::audio);
    return started(viewer, joining -> joining.negotiate(stream));
  }

  /** The same with what the sender says of the packets' times; it reports nothing itself. */
  static RtcViewer joinAndHear(Api api, String stream, String token, RtpRecording recording) {
    RtcViewer viewer = new RtcViewer(api, token, recording::video, recording::audio);
    // The library's own session keeps sender reports to itself.
    viewer.receiving = TrackOptions.raw();
    viewer.hearing = TrackOptions.raw();
    viewer.video.controlSink = recording::control;
    viewer.audio.controlSink = recording::control;
    return started(viewer, joining -> joining.negotiate(stream));
  }

  /**
   * As {@link #join(Api, String, String)}, and reports to the server what it received. The server
   * learns its address from the first packet alone.
   *
   * @param way what its answer is made to say, such as the address of a {@link LossyNetwork}
   */
  static RtcViewer join(
      Api api, String stream, String token, Reception reception, UnaryOperator<String> way) {
    RtcViewer viewer = new RtcViewer(api, token, reception::video, packet -> {});
    // Without the library's own session, which reports that nothing was lost.
    viewer.receiving = TrackOptions.raw();
    viewer.way = way;
    viewer.video.opened = reception;
    return started(viewer, joining -> joining.negotiateUnseen(stream));
  }

  /**
   * As {@link #join(Api, String, String)}, over another way to the server.
   *
   * @param address host and port in place of the server's own
   */
  static RtcViewer joinOver(Api api, String stream, String token, String address) {
    RtcViewer viewer = forgetful(api, token);
    viewer.way = RtcPeer.over(address);
    return started(viewer, joining -> joining.negotiateUnseen(stream));
  }

  /** One that reports nothing of its own accord: it says what {@link #say} is given. */
  static RtcViewer joinSilently(
      Api api, String stream, String token, Optional<String> address, Consumer<byte[]> sink) {
    RtcViewer viewer = new RtcViewer(api, token, sink, packet -> {});
    viewer.receiving = TrackOptions.raw();
    viewer.hearing = TrackOptions.raw();
    viewer.way = address.map(RtcPeer::over).orElse(UnaryOperator.identity());
    return started(viewer, joining -> joining.negotiateUnseen(stream));
  }

  /**
   * As {@link #join(Api, String, String)}, from the one address that it has.
   *
   * @param wording what is posted in place of its offer
   */
  static RtcViewer joinFrom(
      Api api, String stream, String token, String address, UnaryOperator<String> wording) {
    RtcViewer viewer = new RtcViewer(api, token, packet -> {}, packet -> {}, address);
    viewer.wording = wording;
    return started(viewer, joining -> joining.negotiate(stream));
  }

  /** The same with neither side's candidates: nothing comes before {@link #trickle()}. */
  static RtcViewer joinWithoutCandidates(Api api, String stream, String token) {
    return started(forgetful(api, token), viewer -> viewer.negotiateWithoutCandidates(stream));
  }

  private static RtcViewer forgetful(Api api, String token) {
    return new RtcViewer(api, token, packet -> {}, packet -> {});
  }

  private static RtcViewer started(RtcViewer viewer, Consumer<RtcViewer> negotiation) {
    boolean done = false;
    try {
      negotiation.accept(viewer);
      done = true;
      return viewer;
    } finally {
      if (!done) {
        viewer.close();
      }
    }
  }

  private void negotiate(String stream) {
    String offer = offer();
    Api.Answer answer = answer(stream, offer);
    peer.answer(answer.text());
  }

  private void negotiateUnseen(String stream) {
    Api.Answer answer = answer(stream, RtcPeer.withoutCandidates(offer()));
    peer.answer(way.apply(answer.text()));
  }

  private String offer() {
    picture = peer.addTrack(VIDEO + format.lines, receiving, video);
    peer.addTrack(AUDIO, hearing, audio);
    return peer.offer();
  }

  private Api.Answer answer(String stream, String offer) {
    long deadline = System.nanoTime() + RtcPeer.LIMIT.toNanos();
    offered = wording.apply(offer);
    Api.Answer answer = post(stream, offered);
    while (answer.status() == 409 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000_000L);
      answer = post(stream, offered);
    }
    if (answer.status() != 201) {
      throw new AssertionError("POST /whep/" + stream + ": " + answer.status() + answer.text());
    }
    answered = answer.text();
    location = answer.header("Location");
    etag = answer.header("ETag");
    return answer;
  }

  private void negotiateWithoutCandidates(String stream) {
    String whole = offer();
    fragment = RtcPeer.fragment(whole);
    // It does not know where the server is either, so only the server can begin.
    Api.Answer answer = answer(stream, RtcPeer.withoutCandidates(whole));
    peer.answer(RtcPeer.withoutCandidates(answer.text()));
  }

  /** Sends the candidates that the offer left out. */
  Api.Answer trickle() {
    return RtcPeer.trickle(api, location(), token, etag, fragment);
  }

  private Api.Answer post(String stream, String offer) {
    return api.post("/whep/" + stream, token, "application/sdp", BodyPublishers.ofString(offer));
  }

  /** What was posted. */
  String offered() {
    return offered;
  }

  /** What came back. */
  String answered() {
    return answered;
  }

  /** Path of the WHEP session. */
  String location() {
    return api.uri(location).getPath();
  }

  /** Sends RTCP about the picture. */
  void say(byte[] rtcp) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, rtcp);
      Objects.requireNonNull(picture).send(memory, 0, rtcp.length);
    }
  }

  int videoPackets() {
    return video.packets.get();
  }

  int audioPackets() {
    return audio.packets.get();
  }

  void awaitVideoPackets(int count) {
    video.await(count, "video");
  }

  void awaitAudioPackets(int count) {
    audio.await(count, "audio");
  }

  /** Waits for the server to end the connection. */
  boolean awaitEnd(Duration limit) {
    return peer.awaitEnd(limit);
  }

  /** Vanishes as a killed page does: the server is not told over HTTP. */
  @Override
  public void close() {
    peer.close();
  }

  private static final class Counter implements Track.Listener {
    private final int payloadType;
    private final Consumer<byte[]> packetSink;
    private final AtomicInteger packets = new AtomicInteger();
    private volatile int strangePayloadType = -1;
    private @Nullable Reception opened;
    private Consumer<byte[]> controlSink = packet -> {};

    Counter(int payloadType, Consumer<byte[]> packetSink) {
      this.payloadType = payloadType;
      this.packetSink = packetSink;
    }

    @Override
    public void opened(Track track) {
      if (opened != null) {
        opened.on(track);
      }
    }

    @Override
    public void rtpReceived(Track track, MemorySegment packet) {
      int type = packet.get(ValueLayout.JAVA_BYTE, 1) & 0x7F;
      if (type == payloadType) {
        packetSink.accept(packet.toArray(ValueLayout.JAVA_BYTE));
        packets.incrementAndGet();
      } else {
        strangePayloadType = type;
      }
    }

    @Override
    public void rtcpReceived(Track track, MemorySegment packet) {
      controlSink.accept(packet.toArray(ValueLayout.JAVA_BYTE));
    }

    void await(int count, String kind) {
      long deadline = System.nanoTime() + RtcPeer.LIMIT.toNanos();
      while (packets.get() < count && System.nanoTime() < deadline) {
        LockSupport.parkNanos(10_000_000L);
      }
      if (packets.get() < count || strangePayloadType >= 0) {
        throw new AssertionError(
            packets.get()
                + " of "
                + count
                + " "
                + kind
                + " packets within "
                + RtcPeer.LIMIT
                + ", strange payload type "
                + strangePayloadType);
      }
    }
  }
}
