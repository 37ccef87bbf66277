package org.framecast.stream.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream's playlists, segments and parts in memory, as one sink makes them and any number of
 * requests read them: the address of each is its name, beside {@value #MULTIVARIANT}.
 *
 * <p>It holds what playlists name, and for as long again what they have named.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> draft-pantos-hls-rfc8216bis §6.2.2, §6.2.5.2
 */
public final class HlsStore {
  /** The playlist that names the renditions. */
  public static final String MULTIVARIANT = "index.m3u8";

  /** The media type of playlists. */
  public static final String PLAYLIST_TYPE = "application/vnd.apple.mpegurl";

  /** The media type of segments and parts. */
  public static final String MEDIA_TYPE = "video/mp4";

  /** How many segments ahead of the last a client may ask for. */
  private static final int MOST_AHEAD = 2;

  /**
   * What an address gives.
   *
   * @param bytes not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Content(String mediaType, byte[] bytes) {}

  /** What comes of waiting for a playlist. */
  public sealed interface Reload {
    /** It goes as far as was asked, or will go no further. */
    record Ready(Content playlist) implements Reload {}

    /** It does not yet (503). */
    record TimedOut() implements Reload {}

    /** Nobody could know of such a segment (400). */
    record TooFar() implements Reload {}

    /** There is no playlist of that name (404). */
    record Unknown() implements Reload {}
  }

  private record Listed(Content content, HlsPosition position) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Content> contents = new HashMap<>();
  private final Map<String, Listed> playlists = new HashMap<>();
  private boolean ended;

  /** What is at that name now. */
  public Optional<Content> find(String name) {
    lock.lock();
    try {
      return Optional.ofNullable(now(name));
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Content now(String name) {
    Listed playlist = playlists.get(name);
    return playlist != null ? playlist.content() : contents.get(name);
  }

  /**
   * As {@link #find}, but waits for a part that a playlist has said comes next.
   *
   * @return empty when there is none, or not in time
   */
  public Optional<Content> awaitPart(String name, Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (!contents.containsKey(name) && isHinted(name) && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return Optional.ofNullable(now(name));
    } finally {
      lock.unlock();
    }
  }

  private boolean isHinted(String name) {
    return playlists.values().stream()
        .anyMatch(playlist -> playlist.position().hint().filter(name::equals).isPresent());
  }

  /**
   * Waits until a playlist goes as far as a client asks.
   *
   * @param name of a rendition's playlist
   * @param segment what the client says in {@code _HLS_msn}
   * @param part what it says in {@code _HLS_part}; -1 for the whole segment
   */
  public Reload await(String name, long segment, int part, Duration timeout)
      throws InterruptedException {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (true) {
        Listed playlist = playlists.get(name);
        if (playlist == null) {
          return new Reload.Unknown();
        }
        if (playlist.position().reaches(segment, part) || ended) {
          return new Reload.Ready(playlist.content());
        }
        if (segment > playlist.position().segment() + MOST_AHEAD) {
          return new Reload.TooFar();
        }
        if (left <= 0) {
          return new Reload.TimedOut();
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something to play.
   *
   * @return whether there is
   */
  public boolean awaitBegin(Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.NANOSECONDS.convert(timeout);
      while (!contents.containsKey(MULTIVARIANT) && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return contents.containsKey(MULTIVARIANT);
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of all that it holds. */
  public long sizeBytes() {
    lock.lock();
    try {
      return contents.values().stream().mapToLong(content -> content.bytes().length).sum();
    } finally {
      lock.unlock();
    }
  }

  /** What its sink writes with. */
  HlsOutput output() {
    return new Writing();
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The writing side. */
  final class Writing implements HlsOutput {
    private Writing() {}

    @Override
    public boolean servesParts() {
      return true;
    }

    @Override
    public void media(String name, byte[] bytes) {
      change(() -> contents.put(name, new Content(MEDIA_TYPE, bytes)));
    }

    @Override
    public void playlist(String name, String text, HlsPosition position) {
      Content content = new Content(PLAYLIST_TYPE, text.getBytes(StandardCharsets.UTF_8));
      change(() -> playlists.put(name, new Listed(content, position)));
    }

    @Override
    public void multivariant(String name, String text) {
      Content content = new Content(PLAYLIST_TYPE, text.getBytes(StandardCharsets.UTF_8));
      change(() -> contents.put(name, content));
    }

    @Override
    public void remove(String name) {
      change(() -> contents.remove(name));
    }

    @Override
    public void end() {
      change(() -> ended = true);
    }
  }
}
