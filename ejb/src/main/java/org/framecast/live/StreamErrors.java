package org.framecast.live;

import org.framecast.stream.flow.DropKind;
import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/** Hears of frames that could not be used. */
interface StreamErrors {
  /** A frame was lost for this reason. */
  void error(StreamEvent.Code code);

  /** What a publisher is told of a dropped frame; null for what is none of its business. */
  static StreamEvent.@Nullable Code codeOf(DropKind kind, @Nullable Throwable cause) {
    if (!(cause instanceof MediaException fault)) {
      return kind == DropKind.ERROR || (kind == DropKind.PRIVACY && cause != null)
          ? StreamEvent.Code.LAYER_FAILED
          : null;
    }
    return switch (fault.code()) {
      case MALFORMED, UNSUPPORTED -> StreamEvent.Code.IMAGE_UNREADABLE;
      case SIZE_LIMIT -> StreamEvent.Code.IMAGE_SIZE;
      case LAYER_FAILED, INFERENCE_FAILED, OPTIONS -> StreamEvent.Code.LAYER_FAILED;
      case POOL_EXHAUSTED, CODEC_FAILED, TRANSPORT_FAILED, SOURCE_FAILED, SINK_FAILED -> null;
    };
  }
}
