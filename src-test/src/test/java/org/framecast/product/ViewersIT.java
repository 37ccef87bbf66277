package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Several viewers of one stream. */
class ViewersIT extends ProductTest {
  private static final long BLOCK_NANOS = 20_000_000L;

  @Test
  void threeViewersShareOneEncode() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer first = RtcViewer.join(api(), session.stream(), session.accessToken());
        RtcViewer second = RtcViewer.join(api(), session.stream(), session.accessToken());
        RtcViewer third = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      for (RtcViewer viewer : List.of(first, second, third)) {
        viewer.awaitVideoPackets(30);
        viewer.awaitAudioPackets(30);
      }
      assertEquals(1, encodes(session), "one for all three");
      assertEquals(2, metric("encoders"), "one video and one audio encoder");
      assertEquals(3, viewers(session).size());

      second.close();
      api()
          .await(
              () -> api().get("/streams/" + session.stream() + "/viewers", session.accessToken()),
              answer -> answer.json().getJsonArray("viewers").size() == 2,
              Duration.ofSeconds(12));
      assertEquals(2, viewers(session).size(), "the one that left is gone from the list");
      int before = first.videoPackets();
      first.awaitVideoPackets(before + 30);
      assertTrue(publisher.isRunning());
      assertEquals(1, encodes(session));
      assertEquals(2, metric("encoders"));
    }
  }

  @Test
  void viewersWhoLeaveByDeleteAreGoneAtOnce() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video");
        Publisher publisher = Publisher.start(socket);
        RtcViewer viewer = RtcViewer.join(api(), session.stream(), session.accessToken())) {
      viewer.awaitVideoPackets(10);
      assertTrue(publisher.isRunning());
      assertEquals(401, api().delete(viewer.location(), "nonsense").status());
      assertEquals(200, api().delete(viewer.location(), session.accessToken()).status());
      assertEquals(404, api().delete(viewer.location(), session.accessToken()).status());
      assertEquals(0, viewers(session).size());
    }
  }

  @Test
  void candidatesThatComeAfterTheOfferConnect() {
    Api.Session session = api().openSession();
    try (RtcViewer viewer = RtcViewer.joinWithoutCandidates(api(), "demo", session.accessToken())) {
      LockSupport.parkNanos(1_000_000_000L);
      assertEquals(0, viewer.videoPackets(), "nobody knows the way yet");
      Api.Answer patched = viewer.trickle();
      assertEquals(204, patched.status(), patched.text());
      viewer.awaitVideoPackets(30);
      viewer.awaitAudioPackets(30);
    }
  }

  @Test
  void soundThatBeginsLikeAJpegStaysSound() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video")) {
      socket.sendImage(Pictures.jpeg());
      socket.sendImage(Pictures.png(64, 48));
      socket.sendImage(Pictures.webp());
      byte[] pcm = new byte[960 * 8];
      ByteBuffer.wrap(pcm).put((byte) 0xFF).put((byte) 0xD8);
      long begin = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        LockSupport.parkNanos(begin + i * BLOCK_NANOS - System.nanoTime());
        socket.sendAudio(pcm);
      }
      socket.awaitEvent(
          event -> event.getString("type").equals("stats") && soundSeen(event) >= 20,
          "stats with each block of the sound counted");
      JsonObject stats = socket.awaitEvent("stats");
      assertEquals(3, stats.getInt("frames_in"));
    }
  }

  @Test
  void soundThatComesAllAtOnceIsLeftOutAndCounted() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video")) {
      socket.sendImage(Pictures.png(64, 48));
      for (int i = 0; i < 20; i++) {
        socket.sendAudio(new byte[960 * 8]);
      }
      socket.awaitEvent(
          event -> event.getString("type").equals("stats") && soundSeen(event) >= 20,
          "stats with each block sent or dropped");
    }
  }

  /** Packets of sound, and blocks that came when sound of their time was there. */
  private static int soundSeen(JsonObject stats) {
    return stats.getInt("audio_packets") + stats.getJsonObject("dropped").getInt("late");
  }

  /** Encodes of pictures now. */
  private int encodes(Api.Session session) {
    return api()
        .get("/streams/" + session.stream() + "/stats", session.accessToken())
        .json()
        .getJsonArray("encodes")
        .size();
  }

  private JsonArray viewers(Api.Session session) {
    return api()
        .get("/streams/" + session.stream() + "/viewers", session.accessToken())
        .json()
        .getJsonArray("viewers");
  }
}
