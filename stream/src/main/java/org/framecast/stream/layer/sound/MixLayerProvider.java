package org.framecast.stream.layer.sound;

import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.AudioLayerProvider;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceOpener;
import org.framecast.stream.media.MediaException;

/** Makes {@link MixLayer}s. */
public final class MixLayerProvider implements AudioLayerProvider<MixOptions> {
  static final String NAME = "mix";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Mix";
  }

  @Override
  public String description() {
    return "Adds the sound of another source.";
  }

  @Override
  public Class<MixOptions> optionsType() {
    return MixOptions.class;
  }

  @Override
  public AudioLayer create(MixOptions options, ComponentContext context) {
    ThreadFactory threads = part(context, ThreadFactory.class);
    SourceOpener sources = part(context, SourceOpener.class);
    return new MixLayer(
        sources.open(options.source(), options.sourceOptions()), options.gain(), threads);
  }

  private static <T> T part(ComponentContext context, Class<T> type) {
    return context
        .find(type)
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.OPTIONS, "there is no " + type.getSimpleName() + " here"));
  }
}
