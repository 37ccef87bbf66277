package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.session.LayerSetting;
import org.framecast.session.SessionState;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.pipeline.SourceLoop;
import org.framecast.stream.source.SceneSettings;
import org.framecast.stream.source.SceneSource;
import org.framecast.stream.source.ToneSource;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * A stream to look at without a camera: a moving rendered scene with what the detector finds in it,
 * and a tone.
 */
@Singleton
public class DemoStream extends DemandedStream {
  static final String NAME = "demo";

  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final double TONE_HZ = 440;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);
  private static final SessionState LAYERS =
      new SessionState(
          Optional.empty(),
          List.of(new LayerSetting("detect", Map.of()), new LayerSetting("boxes", Map.of())));

  private final StreamParts parts;
  private final SessionChains chains;

  @Inject
  DemoStream(StreamParts parts, SessionChains chains) {
    super(NAME, parts.config().demoLinger(), parts.clock());
    this.parts = parts;
    this.chains = chains;
  }

  @Override
  public String kind() {
    return "demo";
  }

  @Override
  public StreamFormats formats() {
    return parts.video().formats();
  }

  @Override
  Run start() {
    // Nobody else knows it before it runs, so nobody else would close it.
    try (Unfinished made = new Unfinished()) {
      VideoStream stream =
          made.add(
              VideoStream.start(NAME, parts, pools -> chains.ofConfigured(LAYERS), code -> {}));
      stream.size(WIDTH, HEIGHT);
      DemoRun run = made.add(new DemoRun(stream, sources(stream)));
      run.sources().forEach(source -> source.start(parts.threads()));
      made.finished();
      return run;
    }
  }

  private List<SourceLoop> sources(VideoStream stream) {
    SceneSource scene =
        new SceneSource(
            NAME, SceneSettings.demo(WIDTH, HEIGHT), stream.pools().frames(), parts.clock());
    stream.soundCame();
    ToneSource tone = new ToneSource(TONE_HZ, stream.buffers(), parts.clock());
    return List.of(
        new SourceLoop(NAME + "-scene", scene, stream.input()),
        new SourceLoop(NAME + "-tone", tone, stream.input()));
  }

  private record DemoRun(VideoStream stream, List<SourceLoop> sources) implements Run {
    @Override
    public FanOut viewers() {
      return stream.viewers();
    }

    @Override
    public Recordable recordable() {
      return stream;
    }

    @Override
    public StreamStats stats() {
      return stream.stats();
    }

    @Override
    public void close() {
      Closing.closeAll(List.<AutoCloseable>of(() -> Closing.each(sources, DemoRun::stop), stream));
    }

    private static void stop(SourceLoop source) {
      if (!source.stop(STOP_LIMIT)) {
        throw new IllegalStateException("a source of the demo still runs");
      }
    }
  }
}
