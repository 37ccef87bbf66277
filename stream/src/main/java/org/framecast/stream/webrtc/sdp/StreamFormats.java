package org.framecast.stream.webrtc.sdp;

import java.util.Optional;
import org.framecast.stream.transport.MediaKind;

/** What a stream has to send: at most one picture track and one sound track. */
public record StreamFormats(Optional<MediaFormat> video, Optional<MediaFormat> audio) {
  public StreamFormats {
    if (video.isEmpty() && audio.isEmpty()) {
      throw new IllegalArgumentException("a stream without tracks");
    }
  }

  Optional<MediaFormat> of(MediaKind kind) {
    return switch (kind) {
      case VIDEO -> video;
      case AUDIO -> audio;
    };
  }
}
