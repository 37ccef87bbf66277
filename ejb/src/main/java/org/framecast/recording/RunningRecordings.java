package org.framecast.recording;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.framecast.live.Recordable;

/**
 * The recordings that are being made, one of each stream at most. Sinks of all recordings have one
 * name, so that the sink of the next must not be taken for that of the one before: a recording is
 * forgotten after its sink has gone, and its sink is let go once.
 *
 * <p><b>Thread:</b> any.
 */
final class RunningRecordings {
  private final Map<String, Recordings.Running> running = new ConcurrentHashMap<>();

  /** Whether a recording has been ended; guards that, too. */
  static final class End {
    private final ReentrantLock ending = new ReentrantLock();
    private boolean over;

    private void once(Runnable end, Duration limit) {
      if (!isMine(limit)) {
        return;
      }
      try {
        if (!over) {
          end.run();
          over = true;
        }
      } finally {
        ending.unlock();
      }
    }

    private boolean isMine(Duration limit) {
      try {
        return ending.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** One more, whose sink is there. */
  void begun(Recordings.Running recording) {
    running.put(recording.stream(), recording);
  }

  boolean isRecorded(String stream) {
    return running.containsKey(stream);
  }

  Optional<Recordings.Running> of(String stream) {
    return Optional.ofNullable(running.get(stream));
  }

  List<Recordings.Running> all() {
    return List.copyOf(running.values());
  }

  int size() {
    return running.size();
  }

  /**
   * Completes that recording, and no other of its stream. Of several who end it, one does; the
   * others return when it has ended, or when their limit is over.
   */
  void end(Recordings.Running recording, Duration limit) {
    recording
        .end()
        .once(
            () -> {
              recording.target().removeSink(Recordable.RECORDING, limit);
              running.remove(recording.stream(), recording);
            },
            limit);
  }
}
