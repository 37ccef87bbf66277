package org.framecast.stream.media;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a source says of itself before its first item.
 *
 * @param video absent when it has no pictures
 * @param audio absent when it has no sound
 * @param duration absent when it is live, or unknown
 * @param metadata title, creation time and the like, by the names of the container
 */
public record MediaInfo(
    Optional<VideoInfo> video,
    Optional<AudioInfo> audio,
    Optional<Duration> duration,
    Map<String, String> metadata) {
  public MediaInfo {
    metadata = Map.copyOf(metadata);
  }

  /** Pictures alone, without an end that is known. */
  public static MediaInfo ofVideo(VideoInfo video) {
    return new MediaInfo(Optional.of(video), Optional.empty(), Optional.empty(), Map.of());
  }

  /** Sound alone, without an end that is known. */
  public static MediaInfo ofAudio(AudioInfo audio) {
    return new MediaInfo(Optional.empty(), Optional.of(audio), Optional.empty(), Map.of());
  }
}
