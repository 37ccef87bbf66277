package org.framecast.stream.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.framecast.stream.codec.AudioDecoder;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/** Codecs that count, and that fail when they are told to. An encoder holds one picture back. */
final class FakeCodecs implements MediaCodecs {
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  final List<Encoder> encoders = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger open = new AtomicInteger();
  volatile LongPredicate failsAt = pts -> false;
  volatile Function<Codec, @Nullable CountDownLatch> stalls = codec -> null;
  volatile boolean flushFails;
  volatile boolean audioFails;

  @Override
  public Set<Codec> encoders() {
    return EnumSet.of(Codec.VP8, Codec.OPUS);
  }

  @Override
  public VideoEncoder openVideoEncoder(VideoEncoderSettings settings, BufferPool pool) {
    Encoder encoder = new Encoder(settings, pool);
    encoders.add(encoder);
    return encoder;
  }

  @Override
  public AudioEncoder openAudioEncoder(int bitrateBps, BufferPool pool) {
    calls.add("open audio");
    open.incrementAndGet();
    return new Audio(pool);
  }

  @Override
  public Set<Codec> decoders() {
    return Set.of();
  }

  @Override
  public VideoDecoder openVideoDecoder(VideoDecoderSettings settings, FramePool pool) {
    throw new MediaException(MediaException.Code.UNSUPPORTED, "no decoder");
  }

  @Override
  public AudioDecoder openAudioDecoder(BufferPool pool) {
    throw new MediaException(MediaException.Code.UNSUPPORTED, "no decoder");
  }

  @Override
  public MediaReader openReader(
      MediaReaderSettings settings, FramePool frames, BufferPool buffers) {
    throw new MediaException(MediaException.Code.UNSUPPORTED, "no reader");
  }

  @Override
  public ImageDecoder openImageDecoder() {
    open.incrementAndGet();
    return new Decoder();
  }

  @Override
  public ImageEncoder openImageEncoder() {
    open.incrementAndGet();
    return new Jpeg();
  }

  @Override
  public FrameConverter openFrameConverter() {
    open.incrementAndGet();
    return new Converter();
  }

  @Override
  public int liveNatives() {
    return open.get();
  }

  private static AccessUnit unit(
      Codec codec, AccessUnit.Kind kind, BufferPool pool, long ptsNanos) {
    MediaBuffer data = pool.acquire(10);
    data.sizeBytes(10);
    return new AccessUnit(codec, kind, data, ptsNanos, 0);
  }

  final class Encoder implements VideoEncoder {
    final VideoEncoderSettings settings;
    final List<Keyframe> asked = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger flushes = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    private final BufferPool pool;
    private long heldPts = Long.MIN_VALUE;
    private AccessUnit.Kind heldKind = AccessUnit.Kind.DELTA;
    private boolean first = true;

    Encoder(VideoEncoderSettings settings, BufferPool pool) {
      this.settings = settings;
      this.pool = pool;
      open.incrementAndGet();
    }

    @Override
    public void encode(VideoFrame frame, long ptsNanos, Keyframe keyframe, AccessUnitSink sink) {
      if (ptsNanos <= heldPts) {
        throw new IllegalStateException("pts " + ptsNanos + " after " + heldPts);
      }
      asked.add(keyframe);
      stall();
      if (failsAt.test(ptsNanos)) {
        throw new MediaException(MediaException.Code.CODEC_FAILED, "at " + ptsNanos);
      }
      release(sink);
      heldPts = ptsNanos;
      heldKind =
          first || keyframe == Keyframe.FORCE ? AccessUnit.Kind.KEYFRAME : AccessUnit.Kind.DELTA;
      first = false;
    }

    private void stall() {
      CountDownLatch latch = stalls.apply(settings.codec());
      if (latch != null) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private void release(AccessUnitSink sink) {
      if (heldPts != Long.MIN_VALUE) {
        try (AccessUnit unit = unit(settings.codec(), heldKind, pool, heldPts)) {
          sink.deliver(unit);
        }
      }
    }

    @Override
    public void flush(AccessUnitSink sink) {
      flushes.incrementAndGet();
      if (flushFails) {
        throw new MediaException(MediaException.Code.CODEC_FAILED, "flush");
      }
      release(sink);
      heldPts = Long.MIN_VALUE;
    }

    @Override
    public VideoEncoderSettings settings() {
      return settings;
    }

    @Override
    public void close() {
      closes.incrementAndGet();
      open.decrementAndGet();
    }
  }

  private final class Audio implements AudioEncoder {
    private final BufferPool pool;

    Audio(BufferPool pool) {
      this.pool = pool;
    }

    @Override
    public int encode(AudioFrame block, AccessUnitSink sink) {
      if (audioFails) {
        throw new MediaException(MediaException.Code.CODEC_FAILED, "audio");
      }
      try (AccessUnit unit = unit(Codec.OPUS, AccessUnit.Kind.KEYFRAME, pool, block.ptsNanos())) {
        sink.deliver(unit);
      }
      return 0;
    }

    @Override
    public void flush(AccessUnitSink sink) {
      calls.add("flush audio");
    }

    @Override
    public void close() {
      calls.add("close audio");
      open.decrementAndGet();
    }
  }

  private final class Decoder implements ImageDecoder {
    @Override
    public VideoFrame decode(MediaBuffer file, ImageInfo info, FramePool pool) {
      if (file.sizeBytes() == 0) {
        throw new MediaException(MediaException.Code.MALFORMED, "no bytes");
      }
      return pool.acquire(FrameShape.i420(info.width(), info.height()));
    }

    @Override
    public StillImage decodeStill(MediaBuffer file, ImageInfo info) {
      return new StillImage(1, 1, new int[1]);
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  private final class Jpeg implements ImageEncoder {
    @Override
    public MediaBuffer encode(VideoFrame frame, int quality, BufferPool pool) {
      return pool.acquire(10).sizeBytes(10);
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }

  private final class Converter implements FrameConverter {
    @Override
    public void convert(VideoFrame source, VideoFrame target) {}

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
