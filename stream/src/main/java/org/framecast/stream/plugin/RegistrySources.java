package org.framecast.stream.plugin;

import java.util.Map;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceOpener;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.MediaException;

/**
 * Opens the sources of a registry.
 *
 * @param context what the sources may use
 */
public record RegistrySources(ComponentRegistry registry, ComponentContext context)
    implements SourceOpener {
  @Override
  public StreamSource open(String kind, Map<String, ?> options) {
    return open(
        registry
            .source(kind)
            .orElseThrow(
                () -> new MediaException(MediaException.Code.OPTIONS, "no source of that kind")),
        options);
  }

  private <O extends Record> StreamSource open(SourceProvider<O> provider, Map<String, ?> options) {
    return provider.create(OptionBinder.bind(provider.optionsType(), options), context);
  }
}
