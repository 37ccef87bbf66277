package org.framecast.product;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A publisher's WebSocket, with what the server said on it. */
final class StreamSocket implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LinkedBlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;
  private JsonObject ready = JsonObject.EMPTY_JSON_OBJECT;

  private StreamSocket(Api api, String token, String mode) {
    socket =
        api.http()
            .newWebSocketBuilder()
            .subprotocols("access_token." + token, mode)
            .buildAsync(api.webSocket("/stream"), new Listener())
            .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  /** Opens the socket and waits for the server's {@code ready}. */
  static StreamSocket open(Api api, String token, String mode) {
    StreamSocket socket = new StreamSocket(api, token, mode);
    socket.ready = socket.awaitEvent("ready");
    return socket;
  }

  /** The event that the server opened with. */
  JsonObject ready() {
    return ready;
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  void sendImage(byte[] file) {
    send('v', file);
  }

  void sendAudio(byte[] pcm) {
    send('a', pcm);
  }

  void send(int channel, byte[] payload) {
    ByteBuffer message = ByteBuffer.allocate(payload.length + 1);
    message.put((byte) channel).put(payload).flip();
    socket.sendBinary(message, true).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  void sendText(String text) {
    socket.sendText(text, true).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  JsonObject awaitEvent(String type) {
    return awaitEvent(event -> event.getString("type").equals(type), type);
  }

  JsonObject awaitError(String code) {
    return awaitEvent(
        event -> event.getString("type").equals("error") && event.getString("code").equals(code),
        "error " + code);
  }

  /** Waits for an event that fits and forgets those before it. */
  JsonObject awaitEvent(Predicate<JsonObject> fits, String what) {
    List<JsonObject> passed = new ArrayList<>();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      JsonObject event = poll(events, deadline);
      if (event == null) {
        break;
      }
      if (fits.test(event)) {
        return event;
      }
      passed.add(event);
    }
    throw new AssertionError("no " + what + " within " + LIMIT + ", but " + passed);
  }

  /** The next binary message, channel byte included. */
  byte[] awaitMessage() {
    byte[] message = poll(messages, System.nanoTime() + LIMIT.toNanos());
    if (message == null) {
      throw new AssertionError("no binary message within " + LIMIT + "; events " + events);
    }
    return message;
  }

  /** The close code that the server sent. */
  int awaitClose() {
    return closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  private static <T> @Nullable T poll(LinkedBlockingQueue<T> queue, long deadline) {
    try {
      return queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Cuts the connection without a closing handshake. */
  void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(e -> socket).join();
    }
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try (var reader = Json.createReader(new StringReader(text.toString()))) {
          events.add(reader.readObject());
        }
        text.setLength(0);
      }
      ws.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      binary.writeBytes(part);
      if (last) {
        messages.add(binary.toByteArray());
        binary.reset();
      }
      ws.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket ws, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
