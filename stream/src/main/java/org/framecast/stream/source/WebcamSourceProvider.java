package org.framecast.stream.source;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSource;

/** Makes {@link WebcamSource}s. */
public final class WebcamSourceProvider implements SourceProvider<WebcamOptions> {
  static final String NAME = "webcam";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Camera";
  }

  @Override
  public String description() {
    return "A camera of the machine that the stream runs on.";
  }

  @Override
  public Class<WebcamOptions> optionsType() {
    return WebcamOptions.class;
  }

  @Override
  public StreamSource create(WebcamOptions options, ComponentContext context) {
    return new WebcamSource(options, context);
  }
}
