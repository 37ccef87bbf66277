package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.Placement;

/** Makes layers that show an image. */
public final class ImageLayerProvider implements LayerProvider<ImageOptions> {
  static final String NAME = "image";
  private static final double PERCENT = 100;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Image";
  }

  @Override
  public String description() {
    return "Lays a picture file, or the chosen source image, over the picture.";
  }

  @Override
  public Class<ImageOptions> optionsType() {
    return ImageOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.SOURCE_OR_FILE);
  }

  @Override
  public int order() {
    return 420;
  }

  @Override
  public Layer create(ImageOptions options, ComponentContext context) {
    StillVisual image =
        new StillVisual(ImageFiles.open(options.file(), context), Needed.frames(NAME, context));
    return new VisualLayer(
        NAME,
        image,
        new Placement.Aligned(options.x() / PERCENT, options.y() / PERCENT, options.scale()),
        options.opacity());
  }
}
