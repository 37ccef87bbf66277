package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.Codec;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutSettings;
import org.framecast.stream.webrtc.ViewerListener;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.junit.jupiter.api.Test;

class DemandedStreamTest {
  private final AtomicLong now = new AtomicLong();
  private final Counted stream = new Counted();

  private final class Counted extends DemandedStream {
    private int started;
    private int stopped;
    private List<SinkStatistics> sinks = List.of();

    Counted() {
      super("counted", Duration.ofSeconds(10), now::get);
    }

    @Override
    public String kind() {
      return "test";
    }

    @Override
    Run start() {
      started++;
      FanOut fanOut =
          FanOut.open(
              FanOutSettings.of(
                  new StreamFormats(List.of(MediaFormat.of(Codec.VP8)), Optional.empty())),
              RenditionDemand.none(),
              ViewerListener.none(),
              now::get,
              () -> Instant.EPOCH,
              Thread::new);
      return new Run() {
        @Override
        public FanOut viewers() {
          return fanOut;
        }

        @Override
        public Recordable recordable() {
          return new Sinks();
        }

        @Override
        public StreamStats stats() {
          throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
          stopped++;
          fanOut.close();
        }
      };
    }
  }

  private final class Sinks implements Recordable {
    @Override
    public void addSink(String name, StreamSink sink) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeSink(String name, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean completeSink(String name, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SinkStatistics> sinks() {
      return stream.sinks;
    }
  }

  private void seconds(int seconds) {
    now.addAndGet(seconds * 1_000_000_000L);
    stream.tick();
  }

  @Test
  void theFirstDemandStartsItAndTheNextFindsItRunning() {
    assertTrue(stream.fanOut().isEmpty());
    FanOut first = stream.demand();
    assertSame(first, stream.demand());
    assertEquals(1, stream.started);
    stream.close();
  }

  @Test
  void itStopsTenSecondsAfterItWasLastWanted() {
    stream.demand();
    seconds(6);
    stream.demand();
    seconds(6);
    assertEquals(0, stream.stopped);
    seconds(4);
    assertEquals(1, stream.stopped);
    assertTrue(stream.stats().isEmpty());
    seconds(60);
    assertEquals(1, stream.stopped);
  }

  @Test
  void aSinkThatTakesItKeepsItRunning() {
    stream.demand();
    stream.sinks =
        List.of(new SinkStatistics(Recordable.RECORDING, SinkStatistics.State.RUNNING, 1, 0, 0));
    seconds(60);
    assertEquals(0, stream.stopped);
    stream.sinks =
        List.of(
            new SinkStatistics(Recordable.RECORDING, SinkStatistics.State.FINISHED, 1, 0, 0),
            new SinkStatistics(Recordable.PREVIEW, SinkStatistics.State.RUNNING, 1, 0, 0));
    seconds(9);
    assertEquals(0, stream.stopped, "ten seconds after it was last wanted");
    seconds(1);
    assertEquals(1, stream.stopped);
  }

  @Test
  void whatHasFailedIsStartedAnewByTheNextViewer() {
    FanOut failed = stream.demand();
    failed.close();
    FanOut next = stream.demand();
    assertFalse(next.isClosed());
    assertEquals(2, stream.started);
    assertEquals(1, stream.stopped, "what is left of the failed one is freed");
    stream.close();
  }

  @Test
  void itMayBeDemandedAgain() {
    stream.demand();
    stream.close();
    stream.close();
    stream.demand();
    assertEquals(2, stream.started);
    stream.close();
    assertEquals(2, stream.stopped);
  }
}
