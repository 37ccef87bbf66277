package org.framecast.stream.codec;

import org.framecast.stream.media.Codec;

/**
 * What a track of a file is coded with. These are the codecs of streams and those that only files
 * know: AAC and H265 are no codecs of WebRTC here, so {@link Codec} does not list them.
 */
public enum TrackCodec {
  VP8("VP8", Kind.VIDEO),
  VP9("VP9", Kind.VIDEO),
  H264("H264", Kind.VIDEO),
  H265("H265", Kind.VIDEO),
  AV1("AV1", Kind.VIDEO),
  OPUS("Opus", Kind.AUDIO),
  AAC("AAC", Kind.AUDIO);

  /** Pictures or sound. */
  public enum Kind {
    VIDEO,
    AUDIO
  }

  private final String title;
  private final Kind kind;

  TrackCodec(String title, Kind kind) {
    this.title = title;
    this.kind = kind;
  }

  /** A stream's codec as a track's. */
  public static TrackCodec of(Codec codec) {
    return switch (codec) {
      case VP8 -> VP8;
      case VP9 -> VP9;
      case H264 -> H264;
      case AV1 -> AV1;
      case OPUS -> OPUS;
    };
  }

  /** As people write it. */
  public String title() {
    return title;
  }

  public Kind kind() {
    return kind;
  }
}
