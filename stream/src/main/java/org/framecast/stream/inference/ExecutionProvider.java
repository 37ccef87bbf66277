package org.framecast.stream.inference;

import java.util.Arrays;
import java.util.Locale;
import org.framecast.stream.media.MediaException;

/** Where a model runs. What is there depends on the machine and on the runtime's build. */
public enum ExecutionProvider {
  CPU,
  CUDA,
  TENSORRT,
  OPENVINO,
  DIRECTML,
  COREML;

  /**
   * Reads a name as configuration spells it, in any case.
   *
   * @throws MediaException with code UNSUPPORTED for any other name
   */
  public static ExecutionProvider parse(String text) {
    try {
      return valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED,
          "no execution provider " + text + ": known are " + Arrays.toString(values()),
          e);
    }
  }
}
