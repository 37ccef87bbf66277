package org.framecast.stream.command;

import java.util.Optional;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceOpener;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.RegistrySources;

/** A context whose components may open other sources, of any kind of the registry. */
record WithSources(ComponentRegistry registry, ComponentContext context)
    implements ComponentContext {
  @Override
  public <T> Optional<T> find(Class<T> type) {
    return type == SourceOpener.class
        ? Optional.of(type.cast(new RegistrySources(registry, context)))
        : context.find(type);
  }
}
