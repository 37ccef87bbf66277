package org.framecast.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Streams by their names, as many as may be: each has a place from before it is made, and has it
 * once.
 *
 * <p><b>Thread:</b> any.
 *
 * @param <O> the owners, told apart by their identity
 * @param <S> the streams
 */
final class OwnedStreams<O, S> {
  /** Why there is no place. */
  enum Refusal {
    OWNER_HAS_ALL,
    ALL_TAKEN
  }

  private final int max;
  private final int maxPerOwner;
  private final Function<S, O> ownerOf;
  private final Map<String, S> streams = new ConcurrentHashMap<>();
  private final List<O> opening = new ArrayList<>();

  OwnedStreams(int max, int maxPerOwner, Function<S, O> ownerOf) {
    this.max = max;
    this.maxPerOwner = maxPerOwner;
    this.ownerOf = ownerOf;
  }

  /** Takes a place for a stream that is made now, which {@link #put} or {@link #giveBack} ends. */
  synchronized Optional<Refusal> take(O owner) {
    List<O> owners =
        Stream.concat(streams.values().stream().map(ownerOf), opening.stream()).toList();
    if (owners.stream().filter(it -> it == owner).count() >= maxPerOwner) {
      return Optional.of(Refusal.OWNER_HAS_ALL);
    }
    if (owners.size() >= max) {
      return Optional.of(Refusal.ALL_TAKEN);
    }
    opening.add(owner);
    return Optional.empty();
  }

  /** The stream has the place that was taken for it. */
  synchronized void put(String name, S stream) {
    streams.put(name, stream);
    opening.remove(ownerOf.apply(stream));
  }

  /** No stream was made. */
  synchronized void giveBack(O owner) {
    opening.remove(owner);
  }

  Optional<S> find(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  /** Those of one owner. */
  List<S> of(O owner) {
    return streams.values().stream().filter(stream -> ownerOf.apply(stream) == owner).toList();
  }

  List<S> all() {
    return List.copyOf(streams.values());
  }

  int size() {
    return streams.size();
  }

  /** Does nothing where another has the name. */
  void remove(String name, S stream) {
    streams.remove(name, stream);
  }
}
