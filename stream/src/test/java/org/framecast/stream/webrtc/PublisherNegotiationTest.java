package org.framecast.stream.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.webrtc.ingest.IngestSettings;
import org.framecast.stream.webrtc.ingest.IngestSink;
import org.framecast.stream.webrtc.sdp.Offers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PublisherNegotiationTest {
  private static final class Broken implements IngestSink {
    @Override
    public void video(AccessUnit unit) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void audio(AccessUnit unit) {}
  }

  @Test
  void aHostThatFailsToOpenItsStreamIsAResult() throws Exception {
    try (Stage stage = new Stage();
        WhipNegotiator whip = whip(stage)) {
      WhipResult result =
          negotiate(
              whip,
              (formats, publisher) -> {
                throw new MediaException(MediaException.Code.CODEC_FAILED, "on purpose");
              });
      WhipResult.Refused refused = assertInstanceOf(WhipResult.Refused.class, result);
      assertInstanceOf(NegotiationResult.Failed.class, refused.why());
      assertEquals(0, stage.transport.livePeers());
    }
  }

  /** Packets go on coming, but nobody reads them: such a publisher would never be silent. */
  @Test
  void aPublisherThatNobodyReadsAnyMoreLeaves() throws Exception {
    try (Stage stage = new Stage();
        WhipNegotiator whip = whip(stage);
        Arena arena = Arena.ofConfined()) {
      WhipResult result =
          negotiate(
              whip,
              (formats, publisher) ->
                  Optional.of(new PublishHost.Reception(new Broken(), stage.pool)));
      PeerPublisher publisher = assertInstanceOf(WhipResult.Answered.class, result).publisher();
      FakeTransport.FakePeer peer = stage.transport.peers.getFirst();
      peer.listener.stateChanged(PeerState.CONNECTED);
      peer.listener.rtpReceived("0", keyframe(arena));
      assertEquals(
          LeaveReason.CONNECTION_LOST,
          publisher.left().toCompletableFuture().get(30, TimeUnit.SECONDS));
      assertEquals(0, stage.transport.livePeers());
    }
  }

  private static WhipResult negotiate(WhipNegotiator whip, PublishHost host) throws Exception {
    String offer =
        Offers.plain()
            .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:11 cname:test")
            .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:12 cname:test");
    return whip.negotiate("test", offer, EnumSet.allOf(Codec.class), host)
        .get(30, TimeUnit.SECONDS);
  }

  /** A whole keyframe of VP8 in one packet. */
  private static MemorySegment keyframe(Arena arena) {
    ByteBuffer packet = ByteBuffer.allocate(24);
    packet.put((byte) 0x80).put((byte) (0x80 | 96)).putShort((short) 1).putInt(0).putInt(11);
    packet.put((byte) 0x10);
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, packet.array());
  }

  private static WhipNegotiator whip(Stage stage) {
    NegotiatorSettings defaults = NegotiatorSettings.defaults();
    NegotiatorSettings limits =
        new NegotiatorSettings(
            defaults.answerLimit(),
            defaults.handshakeLimit(),
            defaults.interruptionLimit(),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofMillis(20));
    return WhipNegotiator.open(
        stage.transport,
        new WhipSettings(
            limits,
            IngestSettings.defaults(),
            Thread.ofPlatform().daemon().uncaughtExceptionHandler((thread, e) -> {}).factory()),
        new NegotiatorRuntime(
            Runnable::run,
            stage.timer,
            MediaClock.system(),
            () -> Instant.EPOCH,
            new SecureRandom()));
  }
}
