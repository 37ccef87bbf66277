package org.framecast.stream.codec;

import java.util.List;
import java.util.Map;

/**
 * What a file will hold.
 *
 * @param metadata title and the like, by the names of FFmpeg
 */
public record MuxerSettings(
    Container container, List<TrackFormat> tracks, Map<String, String> metadata) {
  public MuxerSettings {
    tracks = List.copyOf(tracks);
    metadata = Map.copyOf(metadata);
    if (tracks.isEmpty()) {
      throw new IllegalArgumentException("a file without tracks");
    }
    for (TrackFormat track : tracks) {
      if (!container.holds(track.codec())) {
        throw new IllegalArgumentException(container + " holds no " + track.codec());
      }
    }
  }
}
