package org.framecast.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.auth.Grant;
import org.framecast.auth.SecretHash;
import org.jspecify.annotations.Nullable;

/**
 * One publisher's work.
 *
 * <p><b>Thread:</b> any; tokens change under the lock of {@link SessionRegistry}, which alone
 * writes them.
 */
public final class Session {
  /** A handshake that has not opened its connection by then gives its place up. */
  private static final Duration RESERVATION = Duration.ofSeconds(10);

  private final String id;
  private final String stream;
  private final String address;
  private final Map<String, SourceImage> sources = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable PublisherClaim> publisher = new AtomicReference<>();
  private volatile SessionState state = SessionState.empty();
  private volatile Tokens tokens;
  private volatile boolean ended;
  private volatile boolean accessExpiryTold;

  /** The hashes of the current pair and when each ends. */
  record Tokens(
      SecretHash access, SecretHash refresh, Instant accessExpires, Instant refreshExpires) {}

  Session(String id, String stream, String address, Tokens tokens) {
    this.id = id;
    this.stream = stream;
    this.address = address;
    this.tokens = tokens;
  }

  /** Public; shown in logs. */
  public String id() {
    return id;
  }

  /** The public name of its stream. */
  public String stream() {
    return stream;
  }

  /** The network address that opened it. */
  public String address() {
    return address;
  }

  public SessionState state() {
    return state;
  }

  /** Replaces what is selected. */
  public void state(SessionState newState) {
    state = newState;
  }

  /** What its bearer may do. */
  public List<Grant> grants() {
    return List.of(new Grant.Publish(stream), new Grant.ViewAny());
  }

  public Instant accessExpires() {
    return tokens.accessExpires();
  }

  public boolean isEnded() {
    return ended;
  }

  /**
   * Whether media may flow for it. When this turns false, {@link SessionEnded} is fired after that:
   * whoever makes its media known first and asks then misses neither.
   */
  public boolean hasRights() {
    return !ended && !accessExpiryTold;
  }

  public Optional<SourceImage> source(String sourceId) {
    return Optional.ofNullable(sources.get(sourceId));
  }

  /** The selected source image. */
  public Optional<SourceImage> selectedSource() {
    return state.sourceId().flatMap(this::source);
  }

  public Collection<SourceImage> sources() {
    return sources.values();
  }

  /**
   * Keeps an uploaded image until the session ends.
   *
   * @return false when there are {@code max} already, or the session has ended
   */
  public boolean addSource(SourceImage image, int max) {
    synchronized (sources) {
      if (ended || sources.size() >= max) {
        return false;
      }
      sources.put(image.id(), image);
      return true;
    }
  }

  /** Lets an uploaded image go; one that is selected stays. */
  public boolean removeSource(String sourceId) {
    synchronized (sources) {
      return !state.sourceId().equals(Optional.of(sourceId)) && sources.remove(sourceId) != null;
    }
  }

  /** Takes the place of the publisher for a handshake, if it is free. */
  public Optional<PublisherClaim> reserve(Instant now) {
    PublisherClaim claim = new PublisherClaim(this, now);
    PublisherClaim before = publisher.get();
    if (before != null && !before.lapsed(now.minus(RESERVATION))) {
      return Optional.empty();
    }
    return publisher.compareAndSet(before, claim) ? Optional.of(claim) : Optional.empty();
  }

  boolean holds(PublisherClaim claim) {
    return publisher.get() == claim;
  }

  void release(PublisherClaim claim) {
    publisher.compareAndSet(claim, null);
  }

  Tokens tokens() {
    return tokens;
  }

  void tokens(Tokens newTokens) {
    tokens = newTokens;
    accessExpiryTold = false;
  }

  /** True once for each access token that ran out. */
  boolean tellAccessExpiry(Instant now) {
    if (accessExpiryTold || now.isBefore(tokens.accessExpires())) {
      return false;
    }
    accessExpiryTold = true;
    return true;
  }

  void markEnded() {
    ended = true;
    synchronized (sources) {
      sources.clear();
    }
  }

  @Override
  public String toString() {
    return "Session[" + id + "]";
  }
}
