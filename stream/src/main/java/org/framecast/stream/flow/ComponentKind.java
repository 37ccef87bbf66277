package org.framecast.stream.flow;

import java.util.Locale;

/**
 * The kinds of components that a stream is built from, with the service that names their makers.
 */
public enum ComponentKind {
  SOURCE(SourceProvider.class),
  LAYER(LayerProvider.class),
  AUDIO_LAYER(AudioLayerProvider.class),
  COMPOSITOR(CompositorProvider.class),
  SINK(SinkProvider.class);

  @SuppressWarnings("rawtypes")
  private final Class<? extends ComponentProvider> provider;

  @SuppressWarnings("rawtypes")
  ComponentKind(Class<? extends ComponentProvider> provider) {
    this.provider = provider;
  }

  /** What {@code ServiceLoader} looks for. */
  @SuppressWarnings("rawtypes")
  public Class<? extends ComponentProvider> provider() {
    return provider;
  }

  /** As messages name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
