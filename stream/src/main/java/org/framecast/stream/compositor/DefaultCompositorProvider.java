package org.framecast.stream.compositor;

import java.util.List;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Composition;
import org.framecast.stream.flow.Compositor;
import org.framecast.stream.flow.CompositorProvider;
import org.framecast.stream.flow.Visual;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;

/**
 * Makes {@link DefaultCompositor}s. The visuals are what the context has as {@link Composition}, if
 * it has one, and come by {@link Compositor#composition(Composition)} otherwise.
 */
public final class DefaultCompositorProvider
    implements CompositorProvider<DefaultCompositorOptions> {
  static final String NAME = "default";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Compositor";
  }

  @Override
  public String description() {
    return "Lays pictures over each other, each at its place and as opaque as it is said to be.";
  }

  @Override
  public Class<DefaultCompositorOptions> optionsType() {
    return DefaultCompositorOptions.class;
  }

  @Override
  public Compositor create(DefaultCompositorOptions options, ComponentContext context) {
    FramePool pool =
        context
            .find(FramePool.class)
            .orElseThrow(
                () ->
                    new MediaException(
                        MediaException.Code.OPTIONS, "a compositor needs a pool of frames"));
    List<Visual> visuals =
        context.find(Composition.class).map(Composition::visuals).orElse(List.of());
    return new DefaultCompositor(new Composition(options.ground(), visuals), pool);
  }
}
