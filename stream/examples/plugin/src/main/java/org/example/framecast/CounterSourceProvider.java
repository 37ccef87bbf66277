package org.example.framecast;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.FramePool;

/** Makes {@link CounterSource}s. */
public final class CounterSourceProvider implements SourceProvider<CounterOptions> {
  @Override
  public String name() {
    return "counter";
  }

  @Override
  public String title() {
    return "Counter";
  }

  @Override
  public String description() {
    return "Grey pictures, each as bright as its number says.";
  }

  @Override
  public Class<CounterOptions> optionsType() {
    return CounterOptions.class;
  }

  @Override
  public StreamSource create(CounterOptions options, ComponentContext context) {
    return new CounterSource(options, context.find(FramePool.class).orElseThrow());
  }
}
