package org.framecast.stream.sink;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.StreamSink;

/** Makes {@link ImageSequenceSink}s. */
public final class ImageSequenceSinkProvider implements SinkProvider<ImageSequenceOptions> {
  @Override
  public String name() {
    return "images";
  }

  @Override
  public String title() {
    return "Images";
  }

  @Override
  public String description() {
    return "Writes pictures as numbered PNG or JPEG files.";
  }

  @Override
  public Class<ImageSequenceOptions> optionsType() {
    return ImageSequenceOptions.class;
  }

  @Override
  public StreamSink create(ImageSequenceOptions options, ComponentContext context) {
    if (options.path().isBlank()) {
      throw new OptionException("path", "must name files");
    }
    ImagePattern pattern = ImagePattern.parse(SinkTools.writable(options.path(), context));
    return new ImageSequenceSink(options, pattern, SinkTools.of(context));
  }
}
