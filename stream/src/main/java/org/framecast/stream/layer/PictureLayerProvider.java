package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;

/** Makes {@link PictureLayer}s; needs the session's source image in the context. */
public final class PictureLayerProvider implements LayerProvider<PictureOptions> {
  static final String NAME = "picture";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Picture";
  }

  @Override
  public String description() {
    return "Puts the chosen source image over everything that was detected.";
  }

  @Override
  public Class<PictureOptions> optionsType() {
    return PictureOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.SOURCE, Need.DETECTIONS);
  }

  @Override
  public int order() {
    return 300;
  }

  @Override
  public Layer create(PictureOptions options, ComponentContext context) {
    StillImage source =
        context
            .find(StillImage.class)
            .orElseThrow(
                () ->
                    new MediaException(
                        MediaException.Code.OPTIONS, "layer picture needs a source image"));
    return new PictureLayer(options, YuvaImage.of(source));
  }
}
