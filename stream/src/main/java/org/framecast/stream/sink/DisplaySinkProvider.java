package org.framecast.stream.sink;

import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Playback;
import org.framecast.stream.flow.SinkProvider;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;

/** Makes {@link DisplaySink}s. */
public final class DisplaySinkProvider implements SinkProvider<DisplayOptions> {
  static final String NAME = "display";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Window";
  }

  @Override
  public String description() {
    return "Shows the pictures in a window of the machine that the stream runs on: space holds, the"
        + " full stop steps, arrows seek, Q quits.";
  }

  @Override
  public Class<DisplayOptions> optionsType() {
    return DisplayOptions.class;
  }

  @Override
  public StreamSink create(DisplayOptions options, ComponentContext context) {
    return new DisplaySink(
        options,
        part(context, MediaCodecs.class),
        part(context, FramePool.class),
        context.find(Playback.class));
  }

  private static <T> T part(ComponentContext context, Class<T> type) {
    return context
        .find(type)
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.OPTIONS, "there is no " + type.getSimpleName() + " here"));
  }
}
