package org.framecast.live;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.framecast.stream.codec.AudioDecoder;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.codec.HardwareEncoder;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.codec.ImageFormat;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.Muxer;
import org.framecast.stream.codec.MuxerSettings;
import org.framecast.stream.codec.MuxerTarget;
import org.framecast.stream.codec.PictureTrackEncoder;
import org.framecast.stream.codec.PictureTrackSettings;
import org.framecast.stream.codec.SoundTrackEncoder;
import org.framecast.stream.codec.TrackCodec;
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
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/**
 * Codecs that count the encoders of video and sound, so that the server can say that a stream is
 * encoded once whoever watches, and the decoders of video: what nobody looks at is not decoded.
 *
 * <p><b>Thread:</b> any.
 */
public final class CountedCodecs implements MediaCodecs {
  private final MediaCodecs codecs;
  private final AtomicInteger openEncoders = new AtomicInteger();
  private final AtomicLong encodersOpened = new AtomicLong();
  private final AtomicInteger openDecoders = new AtomicInteger();

  public CountedCodecs(MediaCodecs codecs) {
    this.codecs = codecs;
  }

  /** The same codecs for trials, which serve no stream and are not counted. */
  MediaCodecs uncounted() {
    return codecs;
  }

  /** Encoders of video and sound that are open now. */
  public int openEncoders() {
    return openEncoders.get();
  }

  /** Encoders of video and sound that were opened since the start. */
  public long encodersOpened() {
    return encodersOpened.get();
  }

  /** Decoders of coded video, as a publisher sends it by WHIP, that are open now. */
  public int openDecoders() {
    return openDecoders.get();
  }

  @Override
  public Set<Codec> encoders() {
    return codecs.encoders();
  }

  @Override
  public VideoEncoder openVideoEncoder(VideoEncoderSettings settings, BufferPool pool) {
    return new CountedVideo(codecs.openVideoEncoder(settings, pool), encoder());
  }

  @Override
  public AudioEncoder openAudioEncoder(int bitrateBps, BufferPool pool) {
    return new CountedAudio(codecs.openAudioEncoder(bitrateBps, pool), encoder());
  }

  @Override
  public Set<Codec> decoders() {
    return codecs.decoders();
  }

  @Override
  public VideoDecoder openVideoDecoder(VideoDecoderSettings settings, FramePool pool) {
    return new CountedDecoder(codecs.openVideoDecoder(settings, pool), new Count(openDecoders));
  }

  @Override
  public AudioDecoder openAudioDecoder(BufferPool pool) {
    return codecs.openAudioDecoder(pool);
  }

  @Override
  public MediaReader openReader(
      MediaReaderSettings settings, FramePool frames, BufferPool buffers) {
    return codecs.openReader(settings, frames, buffers);
  }

  @Override
  public ImageDecoder openImageDecoder() {
    return codecs.openImageDecoder();
  }

  @Override
  public ImageEncoder openImageEncoder() {
    return codecs.openImageEncoder();
  }

  @Override
  public ImageEncoder openImageEncoder(ImageFormat format) {
    return codecs.openImageEncoder(format);
  }

  @Override
  public Set<TrackCodec> pictureTrackEncoders() {
    return codecs.pictureTrackEncoders();
  }

  @Override
  public PictureTrackEncoder openPictureTrackEncoder(
      PictureTrackSettings settings, BufferPool pool) {
    return settings.ofStreams().isPresent()
        ? MediaCodecs.super.openPictureTrackEncoder(settings, pool)
        : codecs.openPictureTrackEncoder(settings, pool);
  }

  @Override
  public PictureTrackEncoder openHardwareTrackEncoder(
      HardwareEncoder hardware, PictureTrackSettings settings, BufferPool pool) {
    return codecs.openHardwareTrackEncoder(hardware, settings, pool);
  }

  @Override
  public SoundTrackEncoder openSoundTrackEncoder(
      TrackCodec codec, int bitrateBps, BufferPool pool) {
    return codecs.openSoundTrackEncoder(codec, bitrateBps, pool);
  }

  @Override
  public Muxer openMuxer(MuxerSettings settings, MuxerTarget target) {
    return codecs.openMuxer(settings, target);
  }

  @Override
  public FrameConverter openFrameConverter() {
    return codecs.openFrameConverter();
  }

  @Override
  public int liveNatives() {
    return codecs.liveNatives();
  }

  private Count encoder() {
    encodersOpened.incrementAndGet();
    return new Count(openEncoders);
  }

  /** One codec among those that are open until it is closed. */
  private static final class Count implements AutoCloseable {
    private final AtomicInteger count;
    private final AtomicBoolean counted = new AtomicBoolean(true);

    Count(AtomicInteger count) {
      this.count = count;
      count.incrementAndGet();
    }

    @Override
    public void close() {
      if (counted.compareAndSet(true, false)) {
        count.decrementAndGet();
      }
    }
  }

  private record CountedVideo(VideoEncoder encoder, Count count) implements VideoEncoder {
    @Override
    public void encode(VideoFrame frame, long ptsNanos, Keyframe keyframe, AccessUnitSink sink) {
      encoder.encode(frame, ptsNanos, keyframe, sink);
    }

    @Override
    public void flush(AccessUnitSink sink) {
      encoder.flush(sink);
    }

    @Override
    public VideoEncoderSettings settings() {
      return encoder.settings();
    }

    @Override
    public void close() {
      try (count) {
        encoder.close();
      }
    }
  }

  private record CountedAudio(AudioEncoder encoder, Count count) implements AudioEncoder {
    @Override
    public int encode(AudioFrame block, AccessUnitSink sink) {
      return encoder.encode(block, sink);
    }

    @Override
    public void flush(AccessUnitSink sink) {
      encoder.flush(sink);
    }

    @Override
    public void close() {
      try (count) {
        encoder.close();
      }
    }
  }

  private record CountedDecoder(VideoDecoder decoder, Count count) implements VideoDecoder {
    @Override
    public void decode(AccessUnit unit, Consumer<TimestampedFrame> sink) {
      decoder.decode(unit, sink);
    }

    @Override
    public void gap() {
      decoder.gap();
    }

    @Override
    public boolean needsKeyframe() {
      return decoder.needsKeyframe();
    }

    @Override
    public VideoDecoderSettings settings() {
      return decoder.settings();
    }

    @Override
    public void close() {
      try (count) {
        decoder.close();
      }
    }
  }
}
