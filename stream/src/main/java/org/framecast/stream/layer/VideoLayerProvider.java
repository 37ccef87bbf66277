package org.framecast.stream.layer;

import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;

/** Makes {@link VideoLayer}s. */
public final class VideoLayerProvider implements LayerProvider<VideoOptions> {
  static final String NAME = "video";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Video";
  }

  @Override
  public String description() {
    return "Passes the picture through.";
  }

  @Override
  public Class<VideoOptions> optionsType() {
    return VideoOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.COMPOSITOR);
  }

  @Override
  public int order() {
    return 0;
  }

  @Override
  public Layer create(VideoOptions options, ComponentContext context) {
    return new VideoLayer();
  }
}
