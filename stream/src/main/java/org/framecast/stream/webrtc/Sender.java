package org.framecast.stream.webrtc;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.framecast.stream.webrtc.rtp.PacketScratch;
import org.jspecify.annotations.Nullable;

/**
 * A thread that sends, for its share of the viewers of all streams.
 *
 * <p>Its inbox is the histories themselves: what it has not read yet. Who adds to them wakes it.
 *
 * <p><b>Thread:</b> {@link #run} its own; the others any. Without a thread, whoever wakes it does
 * its work.
 */
final class Sender implements Runnable, AutoCloseable {
  /** No wish to run again before it is woken. */
  static final long NEVER = Long.MAX_VALUE;

  private static final Shard[] NONE = {};

  private final PacketScratch scratch = new PacketScratch();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Shard[] shards = NONE;
  private volatile boolean stopped;
  private volatile boolean paused;
  private volatile boolean ended;
  private volatile @Nullable Thread thread;

  /** Once only. */
  void start(Thread own) {
    thread = own;
    own.start();
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        signalled.set(false);
        long wait = pass();
        if (!signalled.get() && !stopped) {
          if (wait == NEVER) {
            LockSupport.park(this);
          } else {
            LockSupport.parkNanos(this, wait);
          }
          // An interruption is no way to end it, and would make it spin.
          Thread.interrupted();
        }
      }
    } finally {
      ended = true;
      scratch.close();
    }
  }

  private long pass() {
    long wait = NEVER;
    for (Shard shard : shards) {
      try {
        wait = Math.min(wait, shard.pass(scratch));
      } catch (RuntimeException | Error e) {
        // One stream's failure is not the others'. Of errors, those of the virtual machine are no
        // exception: a thread that ends would leave every viewer of its shards without a word.
        fail(shard, e);
        tell(e);
      }
    }
    return wait;
  }

  /** After an error nothing is known of the shard's state, so its stream is over. */
  private static void fail(Shard shard, Throwable cause) {
    try {
      if (cause instanceof Error) {
        shard.abandon();
      } else {
        shard.fail();
      }
    } catch (RuntimeException | Error more) {
      cause.addSuppressed(more);
    }
  }

  private static void tell(Throwable cause) {
    Thread current = Thread.currentThread();
    try {
      current.getUncaughtExceptionHandler().uncaughtException(current, cause);
    } catch (RuntimeException | Error unheard) {
      // As the virtual machine does: there is nobody else to tell.
    }
  }

  /** There is something to send. */
  void wake() {
    Thread own = thread;
    if (own != null) {
      if (!signalled.getAndSet(true)) {
        LockSupport.unpark(own);
      }
      return;
    }
    signalled.set(true);
    while (!paused && signalled.get() && busy.compareAndSet(false, true)) {
      try {
        signalled.set(false);
        while (pass() != NEVER) {
          Thread.onSpinWait();
        }
      } finally {
        busy.set(false);
      }
    }
  }

  /** Without a thread: what there is to send stays, as if the thread had no time. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    wake();
  }

  synchronized void add(Shard shard) {
    Shard[] more = Arrays.copyOf(shards, shards.length + 1);
    more[shards.length] = shard;
    shards = more;
  }

  synchronized void remove(Shard shard) {
    shards = Arrays.stream(shards).filter(s -> s != shard).toArray(Shard[]::new);
  }

  int shards() {
    return shards.length;
  }

  int load() {
    int viewers = 0;
    for (Shard shard : shards) {
      viewers += shard.viewers();
    }
    return viewers;
  }

  /** Asks the thread to end. */
  @Override
  public void close() {
    stopped = true;
    Thread own = thread;
    if (own != null) {
      LockSupport.unpark(own);
    } else if (!ended) {
      ended = true;
      scratch.close();
    }
  }

  @Nullable Thread thread() {
    return thread;
  }
}
