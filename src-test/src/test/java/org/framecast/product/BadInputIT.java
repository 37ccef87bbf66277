package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Bad input on the WebSocket: an error event with a code, and the stream goes on. */
class BadInputIT extends ProductTest {

  @Test
  void textWhereBinaryBelongs() {
    goesOnAfter("text-unexpected", socket -> socket.sendText("{\"type\":\"hello\"}"));
  }

  @Test
  void anUnknownChannelByte() {
    goesOnAfter("channel-unknown", socket -> socket.send('x', Pictures.jpeg()));
  }

  @Test
  void aTruncatedJpeg() {
    byte[] jpeg = Pictures.jpeg();
    goesOnAfter(
        "image-unreadable", socket -> socket.sendImage(Arrays.copyOf(jpeg, jpeg.length / 2)));
  }

  @Test
  void bytesThatAreNoImage() {
    goesOnAfter("image-unreadable", socket -> socket.sendImage(new byte[] {1, 2, 3, 4, 5}));
  }

  @Test
  void anEmptyImage() {
    goesOnAfter("image-unreadable", socket -> socket.sendImage(new byte[0]));
  }

  @Test
  void anImageOfOnePixel() {
    goesOnAfter("image-size", socket -> socket.sendImage(Pictures.png(1, 1)));
  }

  @Test
  void anImageOfTwentyThousandPixelsIsRefusedByItsHeader() {
    goesOnAfter("image-size", socket -> socket.sendImage(Pictures.pngHeader(20_000, 20_000)));
  }

  @Test
  void soundOfHalfASample() {
    goesOnAfter("audio-malformed", socket -> socket.sendAudio(new byte[7]));
  }

  @Test
  void anOversizedMessage() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
      socket.sendImage(new byte[9 * 1024 * 1024]);
      socket.awaitError("message-too-large");
      socket.sendImage(Pictures.jpeg());
      assertEquals('v', socket.awaitMessage()[0]);
    }
  }

  @Test
  void repeatedAbuseCloses() {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "video")) {
      for (int i = 0; i < 40 && !socket.isClosed(); i++) {
        try {
          socket.send('x', new byte[] {1});
        } catch (java.util.concurrent.CompletionException e) {
          break;
        }
      }
      assertEquals(1008, socket.awaitClose());
    }
  }

  private interface Offence {
    void commit(StreamSocket socket);
  }

  private void goesOnAfter(String code, Offence offence) {
    Api.Session session = api().openSession();
    try (StreamSocket socket = StreamSocket.open(api(), session.accessToken(), "image")) {
      offence.commit(socket);
      String message = socket.awaitError(code).getString("message");
      assertFalse(message.contains("Exception"), message);
      assertFalse(message.isBlank());
      socket.sendImage(Pictures.jpeg());
      byte[] image = socket.awaitMessage();
      assertEquals('v', image[0]);
      assertEquals((byte) 0xFF, image[1]);
      assertEquals((byte) 0xD8, image[2]);
      assertTrue(ByteBuffer.wrap(image).remaining() > 1_000);
    }
  }
}
