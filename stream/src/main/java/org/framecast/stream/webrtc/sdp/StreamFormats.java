package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;

/**
 * What a stream can send: a picture track in one of several codecs, and a sound track.
 *
 * @param video one format for each codec that it can be encoded in
 * @param choice who decides between them
 */
public record StreamFormats(List<MediaFormat> video, Optional<MediaFormat> audio, Choice choice) {
  /** Who decides in which codec a viewer is sent the picture. */
  public enum Choice {
    /** The viewer: what it likes best of all that there is. */
    VIEWER,
    /**
     * The stream: its first codec, which costs least here, when the viewer takes that; else the
     * viewer.
     */
    STREAM
  }

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

  /** The viewer's offer decides. */
  public StreamFormats(List<MediaFormat> video, Optional<MediaFormat> audio) {
    this(video, audio, Choice.VIEWER);
  }

  /** The same with only these codecs of pictures. */
  public StreamFormats only(Set<Codec> codecs) {
    return new StreamFormats(
        video.stream().filter(format -> codecs.contains(format.codec())).toList(), audio, choice);
  }

  /** Whether the stream would rather send that one than the other. */
  boolean prefers(MediaFormat one, MediaFormat other) {
    return choice == Choice.STREAM
        && !video.isEmpty()
        && one.codec() == video.getFirst().codec()
        && other.codec() != one.codec();
  }

  List<MediaFormat> of(MediaKind kind) {
    return switch (kind) {
      case VIDEO -> video;
      case AUDIO -> audio.stream().toList();
    };
  }
}
