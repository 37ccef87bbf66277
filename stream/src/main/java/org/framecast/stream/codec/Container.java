package org.framecast.stream.codec;

import java.util.EnumSet;
import java.util.Set;

/** How tracks lie in a file. */
public enum Container {
  /**
   * MP4 with its index. While it is written it is made of fragments, so that a file that is cut off
   * plays up to its last fragment; finishing makes a plain MP4 of it.
   */
  MP4(EnumSet.of(TrackCodec.VP8), "video/mp4"),
  /** MP4 of fragments, each with its own index. */
  FMP4(EnumSet.of(TrackCodec.VP8), "video/mp4"),
  /** Fragments of one track as CMAF (ISO/IEC 23000-19) wants them, to be cut into segments. */
  CMAF(EnumSet.of(TrackCodec.VP8), "video/mp4"),
  /** Matroska. */
  MKV(EnumSet.noneOf(TrackCodec.class), "video/x-matroska"),
  /** WebM: Matroska with the open codecs alone. */
  WEBM(EnumSet.of(TrackCodec.H264, TrackCodec.H265, TrackCodec.AAC), "video/webm");

  private final Set<TrackCodec> refused;
  private final String mediaType;

  Container(Set<TrackCodec> refused, String mediaType) {
    this.refused = refused;
    this.mediaType = mediaType;
  }

  /** Whether the container is defined for the codec, and readers know it. */
  public boolean holds(TrackCodec codec) {
    return !refused.contains(codec);
  }

  public String mediaType() {
    return mediaType;
  }
}
