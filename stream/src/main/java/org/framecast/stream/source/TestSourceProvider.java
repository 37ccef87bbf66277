package org.framecast.stream.source;

import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.PtpClient;
import org.framecast.stream.time.SystemClockPtpClient;
import org.framecast.stream.time.WallClock;

/** Makes {@link TestSource}s. */
public final class TestSourceProvider implements SourceProvider<TestOptions> {
  static final String NAME = "test";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Test picture";
  }

  @Override
  public String description() {
    return "Colour bars, a test card or something that moves, with number and time in each picture,"
        + " and a tone.";
  }

  @Override
  public Class<TestOptions> optionsType() {
    return TestOptions.class;
  }

  @Override
  public StreamSource create(TestOptions options, ComponentContext context) {
    return new TestSource(
        NAME,
        options,
        new TestSource.Parts(
            Needs.of(context, FramePool.class),
            Needs.of(context, BufferPool.class),
            Needs.of(context, MediaClock.class),
            context
                .find(PtpClient.class)
                .orElseGet(() -> new SystemClockPtpClient(WallClock.system()))));
  }
}
