package org.framecast.stream.sink;

import java.nio.file.Path;
import java.time.Duration;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.StreamSink;

/** Makes {@link HlsSink}s; without a folder it needs an {@link HlsStore} in the context. */
public final class HlsSinkProvider implements SinkProvider<HlsSinkOptions> {
  @Override
  public String name() {
    return "hls";
  }

  @Override
  public String title() {
    return "HLS";
  }

  @Override
  public String description() {
    return "Makes HTTP Live Streaming in several sizes, in a folder or for the server.";
  }

  @Override
  public Class<HlsSinkOptions> optionsType() {
    return HlsSinkOptions.class;
  }

  @Override
  public StreamSink create(HlsSinkOptions options, ComponentContext context) {
    SinkTools tools = SinkTools.of(context);
    tools.requireEncoder(TrackCodec.H264);
    if (!options.path().isBlank()) {
      Path folder = SinkTools.writable(options.path(), context);
      return HlsSink.to(folder, settings(options), tools);
    }
    HlsStore store =
        context
            .find(HlsStore.class)
            .orElseThrow(() -> new OptionException("path", "must name a folder here"));
    if (options.window() == 0) {
      throw new OptionException("window", "must be at least 1 where all is kept in memory");
    }
    return HlsSink.to(store, settings(options), tools);
  }

  private static HlsSinkSettings settings(HlsSinkOptions options) {
    return new HlsSinkSettings(
        Duration.ofMillis(Math.round(options.segmentSeconds() * 1_000)),
        Duration.ofMillis(options.partMillis()),
        options.window(),
        options.rungs(),
        options.bitrateKbps() * 1_000,
        options.quality(),
        options.audioKbps() * 1_000,
        options.whenBehind());
  }
}
