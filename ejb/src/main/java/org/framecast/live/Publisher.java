package org.framecast.live;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongArray;
import org.framecast.config.ServerConfig;
import org.framecast.session.EndReason;
import org.framecast.session.SessionSetup;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.time.MediaClock;

/**
 * One publisher: takes its messages apart, checks them, and hands pictures and sound to its stream.
 *
 * <p><b>Thread:</b> messages one at a time; {@link #close()} and {@link #end} from any.
 */
public final class Publisher implements AutoCloseable {
  private static final int VIDEO = 'v';
  private static final int VIDEO_NUMBER = 1;
  private static final int AUDIO = 'a';
  private static final int AUDIO_NUMBER = 2;
  private static final int MAX_AUDIO_BYTES =
      AudioFrame.SAMPLE_RATE_HZ * AudioFrame.BYTES_PER_SAMPLE_PAIR;

  private static final long FAULT_GAP_NANOS = 1_000_000_000L;

  private final SessionSetup setup;
  private final PublisherChannel channel;
  private final LiveStream stream;
  private final ServerConfig.Ingest limits;
  private final MediaClock clock;
  private final MessageAssembler assembler;
  private final IngestGuard guard;
  private final Executor closing;
  private final Runnable afterClose;
  private final AtomicLongArray lastFaultNanos =
      new AtomicLongArray(StreamEvent.Code.values().length);
  private volatile long heardNanos;
  private boolean closed;

  /**
   * @param closing closes the connection when the publisher does too much wrong
   * @param afterClose runs once, when everything is freed
   */
  Publisher(
      SessionSetup setup,
      PublisherChannel channel,
      LiveStream stream,
      ServerConfig.Ingest limits,
      MediaClock clock,
      Executor closing,
      Runnable afterClose) {
    this.setup = setup;
    this.channel = channel;
    this.stream = stream;
    this.limits = limits;
    this.clock = clock;
    this.closing = closing;
    this.afterClose = afterClose;
    this.assembler = new MessageAssembler(stream.buffers(), limits.maxMessageBytes());
    this.guard = new IngestGuard(clock, limits.maxErrorsPerTenSeconds(), limits.maxFrameRate());
    this.heardNanos = clock.nanos();
    for (int i = 0; i < lastFaultNanos.length(); i++) {
      lastFaultNanos.set(i, heardNanos - FAULT_GAP_NANOS);
    }
  }

  /** Tells the other side that the stream takes matter now. */
  public void ready() {
    channel.send(
        new StreamEvent.Ready(setup.mode(), setup.session().stream(), limits.maxMessageBytes()));
  }

  /** Takes a part of a binary message; the bytes are copied before this returns. */
  public void binary(ByteBuffer part, boolean last) {
    long now = clock.nanos();
    heardNanos = now;
    MessageAssembler.Message message;
    synchronized (this) {
      if (closed) {
        return;
      }
      message = assembler.add(part, last);
    }
    switch (message) {
      case null -> {}
      case MessageAssembler.Message.Unusable(MessageAssembler.Failure failure) -> unusable(failure);
      case MessageAssembler.Message.Whole(int first, MediaBuffer content) -> {
        try (content) {
          whole(first, content, now);
        }
      }
    }
  }

  private void unusable(MessageAssembler.Failure failure) {
    switch (failure) {
      case TOO_LARGE -> error(StreamEvent.Code.MESSAGE_TOO_LARGE);
      case EMPTY -> error(StreamEvent.Code.CHANNEL_UNKNOWN);
      case NO_ROOM -> stream.overflow();
    }
  }

  private void whole(int first, MediaBuffer content, long now) {
    switch (first) {
      case VIDEO, VIDEO_NUMBER -> image(content, now);
      case AUDIO, AUDIO_NUMBER -> audio(content, now);
      default -> error(StreamEvent.Code.CHANNEL_UNKNOWN);
    }
  }

  private void image(MediaBuffer content, long now) {
    ImageInfo info;
    try {
      info = ImageHeaders.parse(content.content());
    } catch (MediaException e) {
      error(StreamEvent.Code.IMAGE_UNREADABLE);
      return;
    }
    if (Math.min(info.width(), info.height()) < limits.minImageSide()
        || Math.max(info.width(), info.height()) > limits.maxImageSide()) {
      error(StreamEvent.Code.IMAGE_SIZE);
    } else if (!guard.admitFrame()) {
      error(StreamEvent.Code.RATE);
    } else {
      stream.acceptImage(content, info, now);
    }
  }

  private void audio(MediaBuffer content, long now) {
    int bytes = content.sizeBytes();
    if (bytes == 0 || bytes > MAX_AUDIO_BYTES || bytes % AudioFrame.BYTES_PER_SAMPLE_PAIR != 0) {
      error(StreamEvent.Code.AUDIO_MALFORMED);
    } else {
      stream.acceptAudio(content, now);
    }
  }

  /** A text message came, where none belongs. */
  public void text() {
    heardNanos = clock.nanos();
    error(StreamEvent.Code.TEXT_UNEXPECTED);
  }

  /** The other side answered a ping. */
  public void alive() {
    heardNanos = clock.nanos();
  }

  /** When something was last heard of the other side. */
  long heardNanos() {
    return heardNanos;
  }

  SessionSetup setup() {
    return setup;
  }

  PublisherChannel channel() {
    return channel;
  }

  LiveStream stream() {
    return stream;
  }

  /** Tells of what is no abuse of the publisher's, each kind at most once a second. */
  void fault(StreamEvent.Code code) {
    long now = clock.nanos();
    long last = lastFaultNanos.get(code.ordinal());
    if (now - last >= FAULT_GAP_NANOS
        && lastFaultNanos.compareAndSet(code.ordinal(), last, now)
        && !channel.send(new StreamEvent.Error(code))) {
      lastFaultNanos.set(code.ordinal(), last);
    }
  }

  /** Tells of an error, and closes the connection when there are too many. */
  void error(StreamEvent.Code code) {
    IngestGuard.Verdict verdict = guard.error(code);
    channel.send(new StreamEvent.Error(code));
    switch (verdict) {
      case GO_ON -> {}
      case ABUSE -> closeSoon(1008, "too many errors");
      case TOO_LARGE -> closeSoon(1009, "message too large");
    }
  }

  /** Errors come from the stream's own threads too, and closing waits for those to end. */
  private void closeSoon(int code, String reason) {
    closing.execute(() -> channel.close(code, reason));
  }

  /** Says why, and closes the connection. */
  void end(EndReason reason) {
    switch (reason) {
      case DELETED -> end("session-deleted", 1000);
      case EXPIRED -> end("session-expired", 4401);
      case ACCESS_EXPIRED -> end("token-expired", 4401);
      case SHUTDOWN -> end("shutdown", 1001);
    }
  }

  private void end(String reason, int code) {
    channel.send(new StreamEvent.Ended(reason));
    channel.close(code, reason);
  }

  /** Ends the stream and frees all it holds. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      assembler.close();
    }
    try {
      stream.close();
    } finally {
      afterClose.run();
    }
  }
}
