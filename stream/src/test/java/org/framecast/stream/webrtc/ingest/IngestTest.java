package org.framecast.stream.webrtc.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.Test;

class IngestTest {
  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** As when the peer connection ends in the very moment in which it is taken in. */
  @Test
  void oneThatIsClosedBeforeItsStartIsFreedOnce() throws Exception {
    try (BufferPool pool = BufferPool.open("ingest", 1 << 20)) {
      Ingest ingest =
          new Ingest(
              "test",
              IngestSettings.defaults(),
              List.of(),
              1,
              (packet, sizeBytes) -> {},
              new Nobody(),
              pool,
              MediaClock.system(),
              this::thread);
      ingest.close();
      ingest.start();
      for (Thread thread : threads) {
        thread.join(5_000);
      }
      assertEquals(List.of(), failures);
      assertTrue(ingest.isEnded());
      ingest.close();
    }
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
    threads.add(thread);
    return thread;
  }

  private static final class Nobody implements IngestSink {
    @Override
    public void video(AccessUnit unit) {}

    @Override
    public void audio(AccessUnit unit) {}
  }
}
