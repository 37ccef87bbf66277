package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;

/**
 * What a stream can send: a picture track in one of several codecs, and a sound track.
 *
 * @param video one format for each codec that it can be encoded in; the viewer's offer decides
 */
public record StreamFormats(List<MediaFormat> video, Optional<MediaFormat> audio) {
  public StreamFormats {
    video = List.copyOf(video);
    if (video.isEmpty() && audio.isEmpty()) {
      throw new IllegalArgumentException("a stream without tracks");
    }
    if (video.stream().map(MediaFormat::codec).distinct().count() != video.size()) {
      throw new IllegalArgumentException("two formats of one codec");
    }
    if (video.stream().anyMatch(format -> format.codec() == Codec.OPUS)) {
      throw new IllegalArgumentException("sound as a picture");
    }
  }

  List<MediaFormat> of(MediaKind kind) {
    return switch (kind) {
      case VIDEO -> video;
      case AUDIO -> audio.stream().toList();
    };
  }
}
