package org.framecast.stream.pipeline;

import java.util.List;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.MediaBuffer;

/**
 * The answer to one image.
 *
 * <p><b>Ownership:</b> owns one hold on the file.
 *
 * @param jpeg a whole JPEG file
 * @param number counts the images that were offered, from 0
 * @param detections what was found; empty also when nobody looked
 */
public record ProcessedImage(
    MediaBuffer jpeg, long number, int width, int height, List<Detection> detections)
    implements AutoCloseable {
  public ProcessedImage {
    detections = List.copyOf(detections);
  }

  @Override
  public void close() {
    jpeg.close();
  }
}
