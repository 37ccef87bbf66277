package org.framecast.stream.whep;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.RenditionSink;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.pipeline.PipelineListener;
import org.jspecify.annotations.Nullable;

/**
 * What encoders fail at, and whether they still make anything.
 *
 * <p>A fault costs a picture or a block of sound, and the next opens another encoder. So many in a
 * row, with no picture made between them, are no accident any more; where there are no pictures,
 * with no sound.
 *
 * <p><b>Thread:</b> any.
 */
final class EncodeFaults implements PipelineListener {
  /** Two seconds of usual pictures. */
  static final int LIMIT = 60;

  private final AtomicLong count = new AtomicLong();
  private final AtomicInteger inARow = new AtomicInteger();
  private volatile @Nullable Throwable last;
  private volatile boolean pictures;

  /** Says whether there are pictures, before anything is watched. */
  void begin(MediaInfo info) {
    pictures = info.video().isPresent();
  }

  @Override
  public void dropped(DropKind kind, @Nullable Throwable cause) {
    if (kind != DropKind.ERROR || cause == null) {
      return;
    }
    count.incrementAndGet();
    if (isOfCodec(cause)) {
      last = cause;
      inARow.incrementAndGet();
    }
  }

  /** Memory that is lent out comes back; an encoder that cannot work stays so. */
  private static boolean isOfCodec(Throwable cause) {
    return !(cause instanceof MediaException known)
        || known.code() != MediaException.Code.POOL_EXHAUSTED;
  }

  RenditionSink watch(RenditionSink target) {
    return (rendition, unit) -> {
      inARow.set(0);
      target.deliver(rendition, unit);
    };
  }

  AccessUnitSink watch(AccessUnitSink target) {
    return unit -> {
      if (!pictures) {
        inARow.set(0);
      }
      target.deliver(unit);
    };
  }

  /** Faults so far. */
  long count() {
    return count.get();
  }

  /**
   * Goes on as long as something is made.
   *
   * @throws MediaException with CODEC_FAILED
   */
  void require() {
    Throwable cause = last;
    if (inARow.get() >= LIMIT && cause != null) {
      throw new MediaException(
          MediaException.Code.CODEC_FAILED,
          "nothing can be encoded for its viewers: " + cause.getMessage(),
          cause);
    }
  }
}
