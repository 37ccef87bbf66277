package org.framecast.stream.codec.ffmpeg;

import java.util.EnumSet;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avcodec;
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
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;

/**
 * Codecs by FFmpeg.
 *
 * <p>Natives are counted for the whole process: they include the wrappers that pooled blocks keep,
 * which go when their pool is closed.
 */
public final class FfmpegCodecs implements MediaCodecs {
  /** Loads FFmpeg, if it is not loaded yet. */
  public FfmpegCodecs() {
    Ffmpeg.load();
  }

  @Override
  public Set<Codec> encoders() {
    Set<Codec> found = EnumSet.noneOf(Codec.class);
    for (VideoProfile profile : VideoProfile.values()) {
      if (avcodec.avcodec_find_encoder_by_name(profile.encoderName()) != null) {
        found.add(profile.codec());
      }
    }
    if (avcodec.avcodec_find_encoder_by_name(OpusEncoder.ENCODER_NAME) != null) {
      found.add(Codec.OPUS);
    }
    return found;
  }

  @Override
  public VideoEncoder openVideoEncoder(VideoEncoderSettings settings, BufferPool pool) {
    for (VideoProfile profile : VideoProfile.values()) {
      if (profile.codec() == settings.codec()) {
        return new FfmpegVideoEncoder(profile, settings, pool);
      }
    }
    throw new MediaException(
        MediaException.Code.UNSUPPORTED, "no encoder for " + settings.codec().sdpName());
  }

  @Override
  public AudioEncoder openAudioEncoder(int bitrateBps, BufferPool pool) {
    return new OpusEncoder(bitrateBps, pool);
  }

  @Override
  public Set<Codec> decoders() {
    Set<Codec> found = EnumSet.noneOf(Codec.class);
    for (Codec codec : Codec.values()) {
      if (avcodec.avcodec_find_decoder_by_name(FfmpegVideoDecoder.decoderName(codec)) != null) {
        found.add(codec);
      }
    }
    return found;
  }

  @Override
  public VideoDecoder openVideoDecoder(VideoDecoderSettings settings, FramePool pool) {
    return new FfmpegVideoDecoder(settings, pool);
  }

  @Override
  public AudioDecoder openAudioDecoder(BufferPool pool) {
    return new OpusDecoder(pool);
  }

  @Override
  public MediaReader openReader(
      MediaReaderSettings settings, FramePool frames, BufferPool buffers) {
    return FfmpegReader.open(settings, frames, buffers);
  }

  @Override
  public ImageDecoder openImageDecoder() {
    return new FfmpegImageDecoder();
  }

  @Override
  public ImageEncoder openImageEncoder() {
    return new JpegEncoder();
  }

  @Override
  public ImageEncoder openImageEncoder(ImageFormat format) {
    return switch (format) {
      case JPEG -> new JpegEncoder();
      case PNG -> new PngEncoder();
      case WEBP -> throw new MediaException(MediaException.Code.UNSUPPORTED, "no encoder for WebP");
    };
  }

  @Override
  public Set<TrackCodec> pictureTrackEncoders() {
    Set<TrackCodec> found = EnumSet.copyOf(MediaCodecs.super.pictureTrackEncoders());
    if (avcodec.avcodec_find_encoder_by_name(FfmpegTrackEncoder.X265) != null) {
      found.add(TrackCodec.H265);
    }
    return found;
  }

  @Override
  public PictureTrackEncoder openPictureTrackEncoder(
      PictureTrackSettings settings, BufferPool pool) {
    return settings.codec() == TrackCodec.H265
        ? FfmpegTrackEncoder.x265(settings, pool)
        : MediaCodecs.super.openPictureTrackEncoder(settings, pool);
  }

  @Override
  public PictureTrackEncoder openHardwareTrackEncoder(
      HardwareEncoder hardware, PictureTrackSettings settings, BufferPool pool) {
    return FfmpegTrackEncoder.of(hardware, settings, pool);
  }

  @Override
  public SoundTrackEncoder openSoundTrackEncoder(
      TrackCodec codec, int bitrateBps, BufferPool pool) {
    return switch (codec) {
      case AAC -> new AacEncoder(bitrateBps, pool);
      case OPUS -> new OpusTrackEncoder(bitrateBps, pool);
      case VP8, VP9, H264, H265, AV1 ->
          throw new IllegalArgumentException(codec + " codes no sound");
    };
  }

  @Override
  public Muxer openMuxer(MuxerSettings settings, MuxerTarget target) {
    return new FfmpegMuxer(settings, target);
  }

  @Override
  public FrameConverter openFrameConverter() {
    return new FfmpegFrameConverter();
  }

  @Override
  public int liveNatives() {
    return Ffmpeg.live();
  }
}
