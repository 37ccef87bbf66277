package org.framecast.stream.codec;

import java.util.Set;
import java.util.stream.Collectors;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;

/**
 * Opens encoders and decoders. The implementation is found by {@code ServiceLoader}.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> the caller closes what it opens.
 */
public interface MediaCodecs {
  /** Codecs that {@link #openVideoEncoder} and {@link #openAudioEncoder} know here. */
  Set<Codec> encoders();

  /**
   * @param pool where access units come from
   * @throws org.framecast.stream.media.MediaException with UNSUPPORTED for a codec that is not in
   *     {@link #encoders()}
   */
  VideoEncoder openVideoEncoder(VideoEncoderSettings settings, BufferPool pool);

  /** Opens an Opus encoder for 48 kHz stereo. */
  AudioEncoder openAudioEncoder(int bitrateBps, BufferPool pool);

  /** Codecs that {@link #openVideoDecoder} and {@link #openAudioDecoder} know here. */
  Set<Codec> decoders();

  /**
   * @param pool where pictures come from
   * @throws org.framecast.stream.media.MediaException with UNSUPPORTED for a codec that is not in
   *     {@link #decoders()}
   */
  VideoDecoder openVideoDecoder(VideoDecoderSettings settings, FramePool pool);

  /**
   * Opens an Opus decoder.
   *
   * @param pool where blocks of PCM come from
   */
  AudioDecoder openAudioDecoder(BufferPool pool);

  /**
   * Opens a media file and decodes up to its first picture.
   *
   * @param frames where pictures come from
   * @param buffers where blocks of PCM come from
   * @throws org.framecast.stream.media.MediaException with SOURCE_FAILED for a file that is not
   *     there or not a file, MALFORMED for one that holds no media, UNSUPPORTED for a container or
   *     codec that is not known here, SIZE_LIMIT for pictures that are too large
   */
  MediaReader openReader(MediaReaderSettings settings, FramePool frames, BufferPool buffers);

  ImageDecoder openImageDecoder();

  ImageEncoder openImageEncoder();

  FrameConverter openFrameConverter();

  /**
   * Opens an encoder of single images in that format.
   *
   * @throws MediaException with UNSUPPORTED
   */
  default ImageEncoder openImageEncoder(ImageFormat format) {
    if (format == ImageFormat.JPEG) {
      return openImageEncoder();
    }
    throw new MediaException(MediaException.Code.UNSUPPORTED, "no encoder for " + format);
  }

  /** Codecs of pictures that a file's track can be encoded in here. */
  default Set<TrackCodec> pictureTrackEncoders() {
    return encoders().stream()
        .map(TrackCodec::of)
        .filter(codec -> codec.kind() == TrackCodec.Kind.VIDEO)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Opens an encoder of pictures for a file's track.
   *
   * @param pool where units come from
   * @throws MediaException with UNSUPPORTED for a codec that is not in {@link
   *     #pictureTrackEncoders()}
   */
  default PictureTrackEncoder openPictureTrackEncoder(
      PictureTrackSettings settings, BufferPool pool) {
    VideoEncoderSettings known =
        settings
            .ofStreams()
            .orElseThrow(
                () ->
                    new MediaException(
                        MediaException.Code.UNSUPPORTED,
                        "no encoder for " + settings.codec().title()));
    return PictureTrackEncoder.of(openVideoEncoder(known, pool));
  }

  /**
   * Opens an encoder of pictures of the machine's hardware for a file's track.
   *
   * @param pool where units come from
   * @throws MediaException with UNSUPPORTED for one that is not known here for that codec,
   *     CODEC_FAILED when the machine has none or it takes no more
   */
  default PictureTrackEncoder openHardwareTrackEncoder(
      HardwareEncoder hardware, PictureTrackSettings settings, BufferPool pool) {
    throw new MediaException(
        MediaException.Code.UNSUPPORTED,
        "nothing here knows " + hardware.nameFor(settings.codec()));
  }

  /**
   * Opens an encoder of sound for a file's track.
   *
   * @param pool where units come from
   * @throws MediaException with UNSUPPORTED
   */
  default SoundTrackEncoder openSoundTrackEncoder(
      TrackCodec codec, int bitrateBps, BufferPool pool) {
    throw new MediaException(MediaException.Code.UNSUPPORTED, "no encoder for " + codec.title());
  }

  /**
   * Begins a file.
   *
   * @throws MediaException with SINK_FAILED when the target cannot be opened, UNSUPPORTED for a
   *     container or codec that is not here
   */
  default Muxer openMuxer(MuxerSettings settings, MuxerTarget target) {
    throw new MediaException(
        MediaException.Code.UNSUPPORTED, "nothing here writes " + settings.container());
  }

  /**
   * Native codec contexts, frames and converters that are open now; 0 after everything is closed.
   */
  int liveNatives();
}
