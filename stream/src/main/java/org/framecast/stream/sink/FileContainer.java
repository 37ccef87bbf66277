package org.framecast.stream.sink;

import java.util.Locale;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.Label;
import org.framecast.stream.flow.OptionException;

/** The container of a file, as its options name it. */
public enum FileContainer {
  /** What the ending of the file's name says: mp4, m4v, mkv, mka or webm. */
  AUTO,
  @Label("MP4")
  MP4,
  @Label("Fragmented MP4")
  FMP4,
  @Label("Matroska")
  MKV,
  @Label("WebM")
  WEBM;

  /** The container for a file of that name. */
  Container container(String name) {
    return switch (this) {
      case AUTO -> byEnding(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
      case MP4 -> Container.MP4;
      case FMP4 -> Container.FMP4;
      case MKV -> Container.MKV;
      case WEBM -> Container.WEBM;
    };
  }

  private static Container byEnding(String ending) {
    return switch (ending) {
      case "mp4", "m4v", "m4a" -> Container.MP4;
      case "mkv", "mka" -> Container.MKV;
      case "webm" -> Container.WEBM;
      default ->
          throw new OptionException(
              "path", "must end in .mp4, .mkv or .webm, or say its container");
    };
  }

  static TrackCodec pictures(Container container) {
    return switch (container) {
      case MP4, FMP4, CMAF, MKV -> TrackCodec.H264;
      case WEBM -> TrackCodec.VP8;
    };
  }

  static TrackCodec sound(Container container) {
    return switch (container) {
      case MP4, FMP4, CMAF -> TrackCodec.AAC;
      case MKV, WEBM -> TrackCodec.OPUS;
    };
  }
}
