package org.framecast.stream.sink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.framecast.stream.codec.Container;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.StreamSink;

/** Makes {@link FileSink}s. */
public final class FileSinkProvider implements SinkProvider<FileSinkOptions> {
  @Override
  public String name() {
    return "file";
  }

  @Override
  public String title() {
    return "File";
  }

  @Override
  public String description() {
    return "Records pictures and sound in an MP4, Matroska or WebM file.";
  }

  @Override
  public Class<FileSinkOptions> optionsType() {
    return FileSinkOptions.class;
  }

  @Override
  public StreamSink create(FileSinkOptions options, ComponentContext context) {
    SinkTools tools = SinkTools.of(context);
    if (options.path().isBlank()) {
      throw new OptionException("path", "must name a file");
    }
    Path path = SinkTools.writable(options.path(), context);
    Container container = options.container().container(path.getFileName().toString());
    Optional<TrackCodec> video = options.videoCodec().codec(FileContainer.pictures(container));
    Optional<TrackCodec> audio = options.audioCodec().codec(FileContainer.sound(container));
    video.ifPresent(codec -> requireFits("videoCodec", container, codec));
    audio.ifPresent(codec -> requireFits("audioCodec", container, codec));
    if (video.isEmpty() && audio.isEmpty()) {
      throw new OptionException("audioCodec", "must not be none when the video codec is none");
    }
    if (options.hardware() == HardwareChoice.NONE) {
      video.ifPresent(tools::requireEncoder);
    }
    return new FileSink(
        new FileSinkSettings(
            path,
            container,
            video,
            options.hardware().encoder(),
            audio,
            options.bitrateKbps() * 1_000,
            options.quality(),
            Duration.ofMillis(Math.round(options.keyframeSeconds() * 1_000)),
            options.audioKbps() * 1_000,
            options.whenBehind()),
        tools);
  }

  private static void requireFits(String option, Container container, TrackCodec codec) {
    if (!container.holds(codec)) {
      throw new OptionException(
          option, "must be one that " + container + " holds: it does not hold " + codec.title());
    }
  }
}
