package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.inference.DetectionSettings;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.media.MediaException;

/** Makes {@link DetectLayer}s; needs a {@link Detector} in the context. */
public final class DetectLayerProvider implements LayerProvider<DetectOptions> {
  static final String NAME = "detect";

  private static final int MAX_DETECTIONS = 100;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Detect";
  }

  @Override
  public String description() {
    return "Finds objects and notes where they are, for the layers after it. What Anonymise hides does"
        + " not depend on these options.";
  }

  @Override
  public Class<DetectOptions> optionsType() {
    return DetectOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public int order() {
    return 100;
  }

  @Override
  public Layer create(DetectOptions options, ComponentContext context) {
    Detector detector =
        context.find(Detector.class).orElseThrow(() -> wrong("there is no detector here"));
    Set<String> labels = ClassNames.parse(options.classes());
    ClassNames.check(labels, detector.labels());
    return new DetectLayer(
        detector,
        new DetectionSettings(
            (float) options.confidence(), (float) options.overlap(), labels, MAX_DETECTIONS));
  }

  private static MediaException wrong(String why) {
    return new MediaException(MediaException.Code.OPTIONS, why);
  }
}
