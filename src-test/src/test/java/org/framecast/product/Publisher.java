package org.framecast.product;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Sends the moving scene and a tone over a WebSocket at 25 frames a second, on a thread of its own.
 */
final class Publisher implements AutoCloseable {
  private static final long INTERVAL_NANOS = 40_000_000L;
  private static final int SAMPLES = 48_000 / 25;

  private final StreamSocket socket;
  private final List<byte[]> frames;
  private final Thread thread;
  private final AtomicInteger sent = new AtomicInteger();
  private volatile boolean running = true;

  private Publisher(StreamSocket socket, List<byte[]> frames) {
    this.socket = socket;
    this.frames = frames;
    thread = Thread.ofPlatform().daemon().name("test-publisher").start(this::run);
  }

  static Publisher start(StreamSocket socket) {
    return new Publisher(
        socket,
        IntStream.range(0, 25)
            .mapToObj(i -> Pictures.encode(Pictures.scene(320, 180, i).image(), "jpeg"))
            .toList());
  }

  /** Sends these image files over and over. */
  static Publisher start(StreamSocket socket, List<byte[]> frames) {
    return new Publisher(socket, frames);
  }

  private void run() {
    byte[] tone = tone();
    long next = System.nanoTime();
    try {
      for (int i = 0; running; i++) {
        socket.sendImage(frames.get(i % frames.size()));
        socket.sendAudio(tone);
        sent.incrementAndGet();
        next += INTERVAL_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (CompletionException e) {
      running = false;
    }
  }

  private static byte[] tone() {
    ByteBuffer pcm = ByteBuffer.allocate(SAMPLES * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLES; i++) {
      float sample = (float) (0.1 * Math.sin(2 * Math.PI * 400 * i / 48_000));
      pcm.putFloat(sample).putFloat(sample);
    }
    return pcm.array();
  }

  /** Frames sent so far. */
  int sent() {
    return sent.get();
  }

  boolean isRunning() {
    return running;
  }

  void stop() {
    running = false;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
