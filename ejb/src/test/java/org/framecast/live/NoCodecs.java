package org.framecast.live;

import java.util.EnumSet;
import java.util.Set;
import org.framecast.stream.codec.AudioDecoder;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReader;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;

/** Says that there are codecs, and opens none: for streams that are given nothing. */
final class NoCodecs implements MediaCodecs {
  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("nothing is coded here");
  }

  @Override
  public Set<Codec> encoders() {
    return EnumSet.of(Codec.VP8, Codec.H264, Codec.OPUS);
  }

  @Override
  public VideoEncoder openVideoEncoder(VideoEncoderSettings settings, BufferPool pool) {
    throw none();
  }

  @Override
  public AudioEncoder openAudioEncoder(int bitrateBps, BufferPool pool) {
    throw none();
  }

  @Override
  public Set<Codec> decoders() {
    return encoders();
  }

  @Override
  public VideoDecoder openVideoDecoder(VideoDecoderSettings settings, FramePool pool) {
    throw none();
  }

  @Override
  public AudioDecoder openAudioDecoder(BufferPool pool) {
    throw none();
  }

  @Override
  public MediaReader openReader(
      MediaReaderSettings settings, FramePool frames, BufferPool buffers) {
    throw none();
  }

  @Override
  public ImageDecoder openImageDecoder() {
    throw none();
  }

  @Override
  public ImageEncoder openImageEncoder() {
    throw none();
  }

  @Override
  public FrameConverter openFrameConverter() {
    throw none();
  }

  @Override
  public int liveNatives() {
    return 0;
  }
}
