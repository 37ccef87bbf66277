package org.framecast.stream.flow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest picture of each stream that puts its own there.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> holds one picture of each; {@link #close} and a sink's end give them up.
 */
public final class PictureBoard implements LatestPictures, AutoCloseable {
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /** One source's place. */
  private static final class Slot {
    private @Nullable VideoFrame picture;
    private boolean closed;

    synchronized void put(VideoFrame next) {
      VideoFrame before = picture;
      picture = closed ? null : next.hold();
      Closing.close(before);
    }

    synchronized @Nullable VideoFrame get() {
      VideoFrame now = picture;
      return now == null ? null : now.hold();
    }

    synchronized void close() {
      closed = true;
      Closing.close(picture);
      picture = null;
    }
  }

  /**
   * A sink that keeps what its stream shows here, under that name, as long as the stream runs.
   *
   * @throws IllegalArgumentException when another stream does so under that name
   */
  public StreamSink sink(String source) {
    Slot slot = new Slot();
    if (slots.putIfAbsent(source, slot) != null) {
      throw new IllegalArgumentException("two sources are named " + source);
    }
    return new BoardSink(source, slot);
  }

  @Override
  public @Nullable VideoFrame latest(String source) {
    Slot slot = slots.get(source);
    return slot == null ? null : slot.get();
  }

  /** Whether a stream puts its pictures here under that name. */
  public boolean has(String source) {
    return slots.containsKey(source);
  }

  /** Gives up all pictures; later ones are not kept. */
  @Override
  public void close() {
    slots.values().forEach(Slot::close);
  }

  /** Takes a stream's pictures for the board. */
  private final class BoardSink implements StreamSink {
    private final String source;
    private final Slot slot;

    BoardSink(String source, Slot slot) {
      this.source = source;
      this.slot = slot;
    }

    @Override
    public DeliveryPolicy delivery() {
      return DeliveryPolicy.LATEST;
    }

    @Override
    public void begin(MediaInfo info) {}

    @Override
    public void accept(MediaItem item) {
      switch (item) {
        case TimestampedFrame frame -> slot.put(frame.pixels());
        case AudioFrame block -> {}
      }
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
      slots.remove(source, slot);
      slot.close();
    }
  }
}
