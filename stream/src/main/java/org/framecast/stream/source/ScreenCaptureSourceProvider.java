package org.framecast.stream.source;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSource;

/** Makes {@link ScreenCaptureSource}s. */
public final class ScreenCaptureSourceProvider implements SourceProvider<ScreenCaptureOptions> {
  static final String NAME = "screen";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Screen";
  }

  @Override
  public String description() {
    return "A screen of the machine that the stream runs on, or a part of it.";
  }

  @Override
  public Class<ScreenCaptureOptions> optionsType() {
    return ScreenCaptureOptions.class;
  }

  @Override
  public StreamSource create(ScreenCaptureOptions options, ComponentContext context) {
    return new ScreenCaptureSource(options, context);
  }
}
