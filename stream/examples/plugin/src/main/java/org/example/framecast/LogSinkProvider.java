package org.example.framecast;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.StreamSink;

/** Makes {@link LogSink}s. */
public final class LogSinkProvider implements SinkProvider<LogOptions> {
  @Override
  public String name() {
    return "frame-log";
  }

  @Override
  public String title() {
    return "Frame log";
  }

  @Override
  public String description() {
    return "Writes a line for each picture to a text file.";
  }

  @Override
  public Class<LogOptions> optionsType() {
    return LogOptions.class;
  }

  @Override
  public StreamSink create(LogOptions options, ComponentContext context) {
    MediaFolders folders = context.find(MediaFolders.class).orElseThrow();
    return new LogSink(folders.writable(options.path()));
  }
}
