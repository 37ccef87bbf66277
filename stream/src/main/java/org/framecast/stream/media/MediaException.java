package org.framecast.stream.media;

import org.jspecify.annotations.Nullable;

/** The base of what the stream library throws; the code says which family of fault it is. */
public class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Families of faults. */
  public enum Code {
    /** A pool has lent all that it may. */
    POOL_EXHAUSTED,
    /** The bytes are not what their sender says they are. */
    MALFORMED,
    /** The picture is larger or smaller than the limits allow. */
    SIZE_LIMIT,
    /** No codec, model or device of that name or kind here. */
    UNSUPPORTED,
    /** A codec failed on good input. */
    CODEC_FAILED,
    /** A layer failed on a frame. */
    LAYER_FAILED,
    /** A model could not be loaded or run. */
    INFERENCE_FAILED,
    /** A peer connection failed. */
    TRANSPORT_FAILED,
    /** A file or device cannot be opened or read, or is gone. */
    SOURCE_FAILED,
    /** A file, device or window cannot be opened or written, or is gone. */
    SINK_FAILED,
    /** The options of a layer, source or sink are wrong. */
    OPTIONS
  }

  private final Code code;

  public MediaException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public MediaException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
