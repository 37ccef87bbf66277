package org.framecast.stream.layer;

import org.framecast.stream.flow.Layer;
import org.framecast.stream.inference.DetectionSettings;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.media.TimestampedFrame;

/**
 * Finds things in each picture and notes them on the frame for the layers after it. It draws
 * nothing.
 *
 * <p><b>Ownership:</b> the detector is lent.
 */
public final class DetectLayer implements Layer {
  private final Detector detector;
  private final DetectionSettings settings;

  public DetectLayer(Detector detector, DetectionSettings settings) {
    this.detector = detector;
    this.settings = settings;
  }

  @Override
  public String name() {
    return DetectLayerProvider.NAME;
  }

  @Override
  public void process(TimestampedFrame frame) {
    frame.detections(detector.detect(frame.pixels(), settings));
  }
}
