package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.inference.DetectionSettings;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.media.TimestampedFrame;

/**
 * Finds things in each picture and notes them on the frame for the layers after it. It draws
 * nothing.
 *
 * <p>Its settings choose what is wanted. What may have to be hidden it notes apart: every class, at
 * a low score, so that nothing chosen here can take a box away from a layer that hides.
 *
 * <p><b>Ownership:</b> the detector is lent.
 */
public final class DetectLayer implements Layer {
  /** Half of the usual score: what is hidden in vain costs less than what is shown by mistake. */
  static final float SENSITIVE_SCORE = 0.2f;

  /** Two things side by side may count as one only if their boxes cover each other that much. */
  private static final float SENSITIVE_OVERLAP = 0.6f;

  /** A list of this length may have been cut: a layer that hides must hide the whole picture. */
  static final int MAX_SENSITIVE = 300;

  private final Detector detector;
  private final DetectionSettings wanted;
  private final DetectionSettings sensitive;

  public DetectLayer(Detector detector, DetectionSettings wanted) {
    this.detector = detector;
    this.wanted = wanted;
    this.sensitive =
        new DetectionSettings(
            Math.min(SENSITIVE_SCORE, wanted.minScore()),
            Math.max(SENSITIVE_OVERLAP, wanted.maxOverlap()),
            Set.of(),
            MAX_SENSITIVE);
  }

  @Override
  public String name() {
    return DetectLayerProvider.NAME;
  }

  @Override
  public void process(TimestampedFrame frame) {
    Detector.Findings found = detector.find(frame.pixels(), wanted, sensitive);
    frame.detections(found.wanted());
    frame.sensitive(found.sensitive());
  }
}
