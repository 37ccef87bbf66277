package org.framecast.product;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes over a WebSocket, on a thread of its own, what shows whether sound and picture are in
 * step: each second a white picture, and a tone that begins in the same moment. A block of sound is
 * sent when its last sample was taken, a picture when it was taken.
 */
final class Clapper implements AutoCloseable {
  static final int PICTURES_PER_CLAP = 25;

  private static final long INTERVAL_NANOS = 40_000_000L;
  private static final int SAMPLES = 48_000 / 25;
  private static final int TONE_BLOCKS = 3;

  private final StreamSocket socket;
  private final int heldUp;
  private final Thread thread;
  private volatile boolean running = true;

  private Clapper(StreamSocket socket, int heldUp) {
    this.socket = socket;
    this.heldUp = heldUp;
    thread = Thread.ofPlatform().daemon().name("test-clapper").start(this::run);
  }

  /**
   * Starts.
   *
   * @param heldUp blocks of sound of the beginning that all come together with the next
   */
  static Clapper start(StreamSocket socket, int heldUp) {
    return new Clapper(socket, heldUp);
  }

  private void run() {
    byte[] dark = picture(Color.BLACK);
    byte[] bright = picture(Color.WHITE);
    byte[] silence = block(0);
    byte[] tone = block(0.5);
    long start = System.nanoTime();
    try {
      for (int i = 0; running; i++) {
        int place = i % PICTURES_PER_CLAP;
        socket.sendImage(place < TONE_BLOCKS ? bright : dark);
        // The block that ends now: the tone begins with the first one after the bright picture.
        for (int block = i == heldUp ? 0 : i; block <= i && i >= heldUp; block++) {
          int since = Math.floorMod(block - 1, PICTURES_PER_CLAP);
          socket.sendAudio(since < TONE_BLOCKS ? tone : silence);
        }
        LockSupport.parkNanos(start + (i + 1) * INTERVAL_NANOS - System.nanoTime());
      }
    } catch (CompletionException e) {
      running = false;
    }
  }

  private static byte[] picture(Color colour) {
    BufferedImage image = new BufferedImage(160, 90, BufferedImage.TYPE_INT_RGB);
    Graphics2D drawing = image.createGraphics();
    drawing.setColor(colour);
    drawing.fillRect(0, 0, image.getWidth(), image.getHeight());
    drawing.dispose();
    return Pictures.encode(image, "jpeg");
  }

  /** Whole rounds of 1,000 Hz, so that blocks can follow each other. */
  private static byte[] block(double loudness) {
    ByteBuffer pcm = ByteBuffer.allocate(SAMPLES * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLES; i++) {
      float sample = (float) (loudness * Math.cos(2 * Math.PI * 1_000 * i / 48_000));
      pcm.putFloat(sample).putFloat(sample);
    }
    return pcm.array();
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
