package org.framecast.stream.source;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSource;

/** Makes {@link AudioSource}s. */
public final class AudioSourceProvider implements SourceProvider<AudioSourceOptions> {
  static final String NAME = "audio";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Sound input";
  }

  @Override
  public String description() {
    return "A microphone or another sound input of the machine that the stream runs on.";
  }

  @Override
  public Class<AudioSourceOptions> optionsType() {
    return AudioSourceOptions.class;
  }

  @Override
  public StreamSource create(AudioSourceOptions options, ComponentContext context) {
    return new AudioSource(options, context);
  }
}
