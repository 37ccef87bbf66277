package org.framecast.stream.webrtc.ingest;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.webrtc.rtp.RtcpReader;
import org.jspecify.annotations.Nullable;

/**
 * Receives one publisher: reads its packets on a thread of its own, delivers whole units, and tells
 * the publisher what is missing, what it may send, and when a keyframe is needed.
 *
 * <p><b>Thread:</b> {@link #rtp}, {@link #rtcp} and {@link #keyframeWanted} any, also a native one;
 * they copy and return. Everything else happens on the reading thread.
 *
 * <p><b>Ownership:</b> {@link #close()} ends the thread and frees the memory; the pool stays its
 * owner's.
 */
public final class Ingest implements AutoCloseable {
  private static final int RTCP = 0x100;
  private static final long WAITING_NANOS = 5_000_000L;
  private static final long IDLE_NANOS = 50_000_000L;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private final String name;
  private final MediaClock clock;
  private final ThreadFactory threads;
  private final PacketInbox inbox;
  private final ReceivingTrack[] tracks;
  private final IngestFeedback feedback;
  private final Arena arena = Arena.ofShared();
  private final AtomicBoolean keyframeWanted = new AtomicBoolean();
  private volatile TrackCounts videoCounts = TrackCounts.NONE;
  private volatile TrackCounts audioCounts = TrackCounts.NONE;
  private volatile long heardNanos;
  private volatile @Nullable Thread thread;
  private boolean ended;
  private long nextNanos;

  /**
   * @param name of its thread
   * @param described at most one of each kind
   * @param ssrc by which we report
   */
  public Ingest(
      String name,
      IngestSettings settings,
      List<ReceivedTrack> described,
      int ssrc,
      RtcpSender sender,
      IngestSink sink,
      BufferPool pool,
      MediaClock clock,
      ThreadFactory threads) {
    this.name = name;
    this.clock = clock;
    this.threads = threads;
    inbox = new PacketInbox(settings.inboxPackets());
    IngestTimeline shared = new IngestTimeline();
    tracks =
        described.stream()
            .map(one -> new ReceivingTrack(one, settings, pool, shared, new Taker(one, sink)))
            .toArray(ReceivingTrack[]::new);
    MemorySegment packet = arena.allocate(RtcpWriter.MAX_BYTES, 8);
    feedback =
        new IngestFeedback(settings, tracks, new RtcpWriter(packet, ssrc, "framecast"), sender);
    heardNanos = clock.nanos();
  }

  private final class Taker implements UnitAssembler.Taker {
    private final MediaKind kind;
    private final IngestSink sink;

    Taker(ReceivedTrack track, IngestSink sink) {
      this.kind = track.kind();
      this.sink = sink;
    }

    @Override
    public void unit(AccessUnit unit) {
      try (unit) {
        switch (kind) {
          case VIDEO -> sink.video(unit);
          case AUDIO -> sink.audio(unit);
        }
      }
    }

    @Override
    public void keyframeNeeded() {
      keyframeWanted();
    }
  }

  /** Starts the thread, unless it was closed before. Once only. */
  public void start() {
    Thread reader = threads.newThread(this::run);
    reader.setName(name);
    synchronized (this) {
      if (inbox.isClosed()) {
        return;
      }
      thread = reader;
    }
    reader.start();
  }

  /** Takes an RTP packet; it is copied. */
  public void rtp(String mid, MemorySegment packet) {
    offer(mid, packet, 0);
  }

  /** Takes a compound RTCP packet; it is copied. */
  public void rtcp(String mid, ByteBuffer packet) {
    offer(mid, MemorySegment.ofBuffer(packet), RTCP);
  }

  private void offer(String mid, MemorySegment packet, int kind) {
    long now = clock.nanos();
    heardNanos = now;
    for (int i = 0; i < tracks.length; i++) {
      if (tracks[i].mid().equals(mid)) {
        inbox.offer(i | kind, packet, now);
        return;
      }
    }
  }

  /** Asks the publisher for a keyframe, soon; many requests become one. */
  public void keyframeWanted() {
    keyframeWanted.set(true);
    if (Thread.currentThread() != thread) {
      inbox.wake();
    }
  }

  /** When the last packet of any kind came. */
  public long heardNanos() {
    return heardNanos;
  }

  /** The numbers of a track so far. */
  public TrackCounts counts(MediaKind kind) {
    return switch (kind) {
      case VIDEO -> videoCounts;
      case AUDIO -> audioCounts;
    };
  }

  /** Packets that the reading thread was too slow for. */
  public long overflowed() {
    return inbox.dropped();
  }

  private void run() {
    try {
      while (!inbox.isClosed()) {
        if (inbox.take(waitNanos())) {
          read();
        }
        long now = clock.nanos();
        if (now >= nextNanos || keyframeWanted.get()) {
          tick(now);
        }
      }
    } catch (InterruptedException e) {
      // Whoever owns the thread wants it to end: as a close.
    } finally {
      free();
    }
  }

  private long waitNanos() {
    return keyframeWanted.get() && feedback.mayAskForKeyframe(clock.nanos())
        ? 0
        : Math.max(1, nextNanos - clock.nanos());
  }

  private void read() {
    try {
      int source = inbox.source();
      ReceivingTrack track = tracks[source & ~RTCP];
      if ((source & RTCP) == 0) {
        track.packet(inbox.memory(), inbox.offset(), inbox.sizeBytes(), inbox.arrivalNanos());
        feedback.heard(track, inbox.arrivalNanos());
      } else {
        ByteBuffer packet =
            inbox.memory().asSlice(inbox.offset(), inbox.sizeBytes()).asByteBuffer();
        RtcpReader.read(packet, feedback.reader(inbox.arrivalNanos()));
      }
    } finally {
      inbox.release();
    }
  }

  private void tick(long now) {
    boolean waiting = false;
    for (ReceivingTrack track : tracks) {
      track.deliver(now);
      waiting |= track.isWaiting();
      switch (track.kind()) {
        case VIDEO -> videoCounts = track.counts();
        case AUDIO -> audioCounts = track.counts();
      }
    }
    if (keyframeWanted.get() && feedback.askForKeyframe(now)) {
      keyframeWanted.set(false);
    }
    feedback.tick(now);
    nextNanos = now + (waiting ? WAITING_NANOS : IDLE_NANOS);
  }

  private void free() {
    try {
      for (ReceivingTrack track : tracks) {
        track.close();
      }
    } finally {
      inbox.free();
      arena.close();
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  /**
   * Ends the thread and frees the memory; waits for it, unless this is the very thread. Idempotent.
   */
  @Override
  public void close() {
    inbox.close();
    synchronized (this) {
      if (thread == null && !ended) {
        free();
      }
    }
    if (thread == Thread.currentThread()) {
      return;
    }
    Deadline deadline = Deadline.in(STOP_LIMIT);
    synchronized (this) {
      try {
        while (!ended && deadline.await(this)) {
          // Again: it may have been woken for nothing.
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether nothing is read any more: it was closed, or its thread has failed. */
  public synchronized boolean isEnded() {
    return ended;
  }
}
