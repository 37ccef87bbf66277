package org.framecast.stream.pipeline;

import org.framecast.stream.flow.DropKind;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answers of image mode in the order of the offers.
 *
 * <p><b>Thread:</b> one worker at a time.
 */
public interface ImageSink {
  /** <b>Ownership:</b> the image is the sink's, also when it throws. */
  void image(ProcessedImage image);

  /**
   * The image has no answer.
   *
   * @param number which offer it was, from 0
   * @param cause as {@link PipelineListener#dropped} says
   */
  void failed(long number, DropKind kind, @Nullable Throwable cause);
}
