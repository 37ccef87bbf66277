package org.framecast.stream.sink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream's playlists, segments and parts in memory, as one sink makes them and any number of
 * requests read them: the address of each is its name, beside {@value #MULTIVARIANT} or where that
 * says. No thread waits here: what is not there yet is a future.
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

  /** What comes of asking for a playlist that goes so far. */
  public sealed interface Reload {
    /** It goes as far as was asked, or will go no further. */
    record Ready(Content playlist) implements Reload {}

    /** Nobody could know of such a segment (400). */
    record TooFar() implements Reload {}

    /** There is no playlist of that name (404). */
    record Unknown() implements Reload {}
  }

  private record Listed(Content content, HlsPosition position) {}

  /** Somebody waits for an answer that a change may bring. */
  private record Waiting<T>(Supplier<Optional<T>> answer, CompletableFuture<T> result) {
    /** What completes the result, if there is an answer now. */
    Optional<Runnable> ready() {
      return answer.get().map(found -> () -> result.complete(found));
    }
  }

  private final String base;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Content> contents = new HashMap<>();
  private final Map<String, Listed> playlists = new HashMap<>();
  private final List<Waiting<?>> waiting = new ArrayList<>();
  private boolean picturesNamed;
  private boolean ended;

  public HlsStore() {
    this("");
  }

  /**
   * @param base what {@value #MULTIVARIANT} puts before the names of playlists: where these are,
   *     seen from there
   */
  public HlsStore(String base) {
    this.base = base;
  }

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
   * As {@link #find}, but a part that a playlist has said comes next is waited for.
   *
   * @return empty when there is none and will be none; completed on the sink's thread if not at
   *     once; whoever gives up completes it
   */
  public CompletableFuture<Optional<Content>> part(String name) {
    return when(
        () ->
            contents.containsKey(name) || ended || !isHinted(name)
                ? Optional.of(Optional.ofNullable(now(name)))
                : Optional.empty());
  }

  private boolean isHinted(String name) {
    return playlists.values().stream()
        .anyMatch(playlist -> playlist.position().hint().filter(name::equals).isPresent());
  }

  /**
   * A playlist, as soon as it goes as far as a client asks.
   *
   * @param name of a rendition's playlist
   * @param segment what the client says in {@code _HLS_msn}
   * @param part what it says in {@code _HLS_part}; -1 for the whole segment
   * @return completed on the sink's thread if not at once; whoever gives up completes it
   */
  public CompletableFuture<Reload> reload(String name, long segment, int part) {
    return when(() -> reloadNow(name, segment, part));
  }

  private Optional<Reload> reloadNow(String name, long segment, int part) {
    Listed playlist = playlists.get(name);
    if (playlist == null) {
      return Optional.of(new Reload.Unknown());
    }
    if (playlist.position().reaches(segment, part) || ended) {
      return Optional.of(new Reload.Ready(playlist.content()));
    }
    return segment > playlist.position().segment() + MOST_AHEAD
        ? Optional.of(new Reload.TooFar())
        : Optional.empty();
  }

  /**
   * The playlist that names the renditions, as soon as there is one with pictures: sound may come
   * earlier, and a player does not ask again.
   *
   * @return empty, or without pictures, when nothing will come any more; completed on the sink's
   *     thread if not at once; whoever gives up completes it
   */
  public CompletableFuture<Optional<Content>> multivariant() {
    return when(
        () ->
            picturesNamed || ended
                ? Optional.of(Optional.ofNullable(contents.get(MULTIVARIANT)))
                : Optional.empty());
  }

  private <T> CompletableFuture<T> when(Supplier<Optional<T>> answer) {
    lock.lock();
    try {
      Optional<T> now = answer.get();
      if (now.isPresent()) {
        return CompletableFuture.completedFuture(now.get());
      }
      waiting.removeIf(one -> one.result().isDone());
      Waiting<T> one = new Waiting<>(answer, new CompletableFuture<>());
      waiting.add(one);
      return one.result();
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
    List<Runnable> answers = new ArrayList<>();
    lock.lock();
    try {
      change.run();
      waiting.removeIf(
          one -> {
            Optional<Runnable> answer = one.ready();
            answer.ifPresent(answers::add);
            return answer.isPresent();
          });
    } finally {
      lock.unlock();
    }
    answers.forEach(Runnable::run);
  }

  /** The writing side. */
  final class Writing implements HlsOutput {
    private Writing() {}

    @Override
    public boolean servesParts() {
      return true;
    }

    @Override
    public String address(String name) {
      return base + name;
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
      change(
          () -> {
            contents.put(name, content);
            picturesNamed |= text.contains(HlsMultivariant.OF_PICTURES);
          });
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
