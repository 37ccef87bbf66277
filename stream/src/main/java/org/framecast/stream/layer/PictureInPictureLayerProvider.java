package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.LatestPictures;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.OtherSources;
import org.framecast.stream.flow.Placement;

/** Makes layers that show another source. */
public final class PictureInPictureLayerProvider implements LayerProvider<PictureInPictureOptions> {
  static final String NAME = "picture-in-picture";
  private static final double PERCENT = 100;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Picture in picture";
  }

  @Override
  public String description() {
    return "Lays what another source shows over the picture.";
  }

  @Override
  public Class<PictureInPictureOptions> optionsType() {
    return PictureInPictureOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public int order() {
    return 415;
  }

  @Override
  public Layer create(PictureInPictureOptions options, ComponentContext context) {
    requireSource(options.source(), context);
    LatestPictures pictures = Needed.of(NAME, LatestPictures.class, context);
    return new VisualLayer(
        NAME,
        new LatestVisual(pictures, options.source()),
        new Placement.Fitted(
            options.x() / PERCENT, options.y() / PERCENT, options.width() / PERCENT),
        options.opacity());
  }

  private static void requireSource(String source, ComponentContext context) {
    if (source.isBlank()) {
      throw new OptionException("source", "must name what is to be shown");
    }
    if (context.find(OtherSources.class).filter(others -> !others.has(source)).isPresent()) {
      throw new OptionException("source", "must name something that is there");
    }
  }
}
