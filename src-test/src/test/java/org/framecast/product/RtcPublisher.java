package org.framecast.product;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.framecast.rtc.Track;
import org.framecast.rtc.TrackOptions;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.webrtc.rtp.PacketHistory;
import org.framecast.stream.webrtc.rtp.PacketScratch;
import org.framecast.stream.webrtc.rtp.Packetizer;
import org.framecast.stream.webrtc.rtp.StreamIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A WHIP publisher in the test's own process: sends the moving scene, encoded before, and silence,
 * at 30 pictures a second on a thread of its own. A PLI makes it begin again at its keyframe.
 */
final class RtcPublisher implements AutoCloseable {
  private static final int VIDEO_SSRC = 0x1111;
  private static final int AUDIO_SSRC = 0x2222;
  private static final int VIDEO_TYPE = 104;
  private static final int AUDIO_TYPE = 112;
  private static final int FRAME_TICKS = 3_000;
  private static final int BLOCK_TICKS = 960;
  private static final long FRAME_NANOS = 1_000_000_000L / 30;

  private final Api api;
  private final String token;
  private final Codec codec;
  private final RtcPeer peer;
  private final Track video;
  private final Track audio;
  private final AtomicInteger keyframesAsked = new AtomicInteger();
  private final AtomicInteger reports = new AtomicInteger();
  private volatile boolean keyframe = true;
  private volatile boolean running;
  private String offer;
  private String fragment = "";
  private volatile List<byte[]> pictures = List.of();
  private volatile byte[] block = {};
  private volatile Thread thread = Thread.currentThread();
  private Api.@Nullable Answer answer;

  private RtcPublisher(Api api, String token, Codec codec, String address) {
    this.peer = new RtcPeer(address);
    this.api = api;
    this.token = token;
    this.codec = codec;
    String parameters =
        codec == Codec.H264
            ? "a=fmtp:104 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1\r\n"
            : "";
    video =
        peer.addTrack(
            "m=video 9 UDP/TLS/RTP/SAVPF 104\r\na=mid:0\r\na=sendonly\r\na=rtcp-mux\r\na=rtpmap:104 "
                + codec.sdpName()
                + "/90000\r\n"
                + parameters
                + "a=rtcp-fb:104 nack\r\na=rtcp-fb:104 nack pli\r\na=ssrc:"
                + VIDEO_SSRC
                + " cname:test\r\n",
            TrackOptions.raw().withNackHistory(256),
            new Feedback());
    audio =
        peer.addTrack(
            "m=audio 9 UDP/TLS/RTP/SAVPF 112\r\na=mid:1\r\na=sendonly\r\na=rtcp-mux\r\n"
                + "a=rtpmap:112 opus/48000/2\r\na=ssrc:"
                + AUDIO_SSRC
                + " cname:test\r\n",
            TrackOptions.raw(),
            new Feedback());
    offer = peer.offer();
  }

  /** A peer with its offer; nothing is posted. */
  static RtcPublisher prepare(Api api, String token, Codec codec) {
    return new RtcPublisher(api, token, codec, "127.0.0.1");
  }

  /**
   * As {@link #start(Api, Api.Session, Codec)} in VP8, from the one address that it has.
   *
   * @param wording what is posted in place of its offer
   */
  static RtcPublisher startFrom(
      Api api, Api.Session session, String address, UnaryOperator<String> wording) {
    RtcPublisher publisher = new RtcPublisher(api, session.accessToken(), Codec.VP8, address);
    publisher.offer = wording.apply(publisher.offer);
    return publisher.started(session.stream(), UnaryOperator.identity());
  }

  /** As {@link #start(Api, Api.Session, Codec)}, and neither side's candidates are in its text. */
  static RtcPublisher startByTrickle(Api api, Api.Session session, Codec codec) {
    RtcPublisher publisher = prepare(api, session.accessToken(), codec);
    publisher.fragment = RtcPeer.fragment(publisher.offer);
    publisher.offer = RtcPeer.withoutCandidates(publisher.offer);
    return publisher.started(session.stream(), RtcPeer::withoutCandidates);
  }

  /** Offers, posts, sets the answer, and begins to send. */
  static RtcPublisher start(Api api, Api.Session session, Codec codec) {
    return prepare(api, session.accessToken(), codec)
        .started(session.stream(), UnaryOperator.identity());
  }

  /**
   * The same over another way to the server.
   *
   * @param address host and port in place of the server's own
   */
  static RtcPublisher startOver(Api api, Api.Session session, Codec codec, String address) {
    RtcPublisher publisher = prepare(api, session.accessToken(), codec);
    // The server must not find the shorter way.
    publisher.offer = RtcPeer.withoutCandidates(publisher.offer);
    return publisher.started(session.stream(), RtcPeer.over(address));
  }

  private RtcPublisher started(String stream, UnaryOperator<String> way) {
    boolean done = false;
    try {
      // Encoded now: on a busy machine that can take longer than a silent publisher may stay.
      pictures = EncodedScene.in(codec);
      block = EncodedScene.silence();
      Api.Answer posted = post(stream);
      if (posted.status() != 201) {
        throw new AssertionError("POST /whip: " + posted.status() + posted.text());
      }
      peer.answer(way.apply(posted.text()));
      trickle();
      peer.awaitConnected();
      running = true;
      thread = Thread.ofPlatform().daemon().name("test-whip").start(this::run);
      done = true;
      return this;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Sends the candidates that the offer left out, if it did. */
  private void trickle() {
    if (fragment.isEmpty()) {
      return;
    }
    int status =
        RtcPeer.trickle(api, location(), token, answer().header("ETag"), fragment).status();
    if (status != 204) {
      throw new AssertionError("PATCH: " + status);
    }
  }

  String offer() {
    return offer;
  }

  Api.Answer post(String stream) {
    Api.Answer posted =
        api.post("/whip/" + stream, token, "application/sdp", BodyPublishers.ofString(offer));
    answer = posted;
    return posted;
  }

  /** Posts the offer, takes no notice of the answer, and is no more. */
  Api.Answer postOnce(String stream) {
    try (this) {
      return post(stream);
    }
  }

  Api.Answer answer() {
    return Objects.requireNonNull(answer);
  }

  /** Path of the WHIP session. */
  String location() {
    return api.uri(answer().header("Location")).getPath();
  }

  private void run() {
    long start = System.nanoTime();
    int number = 0;
    try (Sending pictureTrack = new Sending(video, codec, VIDEO_TYPE, VIDEO_SSRC);
        Sending soundTrack = new Sending(audio, Codec.OPUS, AUDIO_TYPE, AUDIO_SSRC)) {
      int blocks = 0;
      for (int i = 0; running; i++) {
        if (keyframe || number == pictures.size()) {
          keyframe = false;
          number = 0;
        }
        pictureTrack.send(pictures.get(number), number == 0, i * FRAME_TICKS);
        number++;
        for (; blocks * BLOCK_TICKS / 48.0 < i * 1000.0 / 30; blocks++) {
          soundTrack.send(block, true, blocks * BLOCK_TICKS);
        }
        if (i % 15 == 0) {
          pictureTrack.report(i * FRAME_TICKS, i * FRAME_NANOS);
          soundTrack.report((int) (i * 1600L), i * FRAME_NANOS);
        }
        LockSupport.parkNanos(start + (i + 1) * FRAME_NANOS - System.nanoTime());
      }
    }
  }

  /** Keyframes that the server asked for. */
  int keyframesAsked() {
    return keyframesAsked.get();
  }

  /** Receiver reports that came. */
  int reports() {
    return reports.get();
  }

  /** Waits for the server to end the connection. */
  boolean awaitEnd(Duration limit) {
    return peer.awaitEnd(limit);
  }

  /** Stops to send and vanishes as a killed program does: the server is not told over HTTP. */
  @Override
  public void close() {
    stop();
    peer.close();
  }

  /** Stops to send; the connection stays. */
  void stop() {
    if (running) {
      running = false;
      try {
        thread.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Sending implements AutoCloseable {
    private final Track track;
    private final Codec codec;
    private final int ssrc;
    private final Packetizer packetizer;
    private final PacketHistory history;
    private final PacketScratch scratch = new PacketScratch();
    private final PacketHistory.Unit unit = new PacketHistory.Unit();
    private final StreamIdentity identity;
    private final BufferPool pool = BufferPool.open("sending", 8 << 20);
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment report = arena.allocate(28);
    private int sequence = 100;
    private int packets;

    Sending(Track track, Codec codec, int payloadType, int ssrc) {
      this.track = track;
      this.codec = codec;
      this.ssrc = ssrc;
      packetizer = Packetizer.of(codec);
      history = PacketHistory.open(512, packetizer);
      identity = new StreamIdentity(payloadType, ssrc, 0);
    }

    void send(byte[] bytes, boolean keyframe, int timestamp) {
      MediaBuffer buffer = pool.acquire(bytes.length);
      buffer.fill(ByteBuffer.wrap(bytes));
      AccessUnit.Kind kind = keyframe ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
      try (AccessUnit access = new AccessUnit(codec, kind, buffer, 0, 0)) {
        packetizer.packetize(access, history);
        history.commit(keyframe, 0, 0);
      }
      history.unit(history.units() - 1, unit);
      scratch.load(history, unit.firstPacket(), unit.count());
      scratch.address(identity, sequence, timestamp, (int) history.units(), 0);
      for (int i = 0; i < scratch.count(); i++) {
        track.send(scratch.memory(), scratch.offset(i), scratch.sizeBytes(i));
      }
      sequence += scratch.count();
      packets += scratch.count();
    }

    void report(int timestamp, long nanos) {
      ByteBuffer out = report.asByteBuffer();
      out.putShort((short) 0x80c8).putShort((short) 6).putInt(ssrc);
      out.putInt((int) (3_900_000_000L + nanos / 1_000_000_000L));
      out.putInt((int) (((nanos % 1_000_000_000L) << 32) / 1_000_000_000L));
      out.putInt(timestamp).putInt(packets).putInt(packets * 1_000);
      track.send(report, 0, 28);
    }

    @Override
    public void close() {
      scratch.close();
      history.close();
      pool.close();
      arena.close();
    }
  }

  private final class Feedback implements Track.Listener {
    @Override
    public void rtcpReceived(Track track, MemorySegment packet) {
      ByteBuffer compound = packet.asByteBuffer();
      int at = 0;
      while (at + 8 <= compound.limit()) {
        int type = compound.get(at + 1) & 0xff;
        int format = compound.get(at) & 0x1f;
        if (type == 206 && format == 1 && track == video) {
          keyframesAsked.incrementAndGet();
          keyframe = true;
        }
        if (type == 201 && format > 0) {
          reports.incrementAndGet();
        }
        at += 4 * ((compound.getShort(at + 2) & 0xffff) + 1);
      }
    }
  }
}
