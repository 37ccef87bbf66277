package org.framecast.stream.webrtc;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener of one viewer, one thing at a time: first that it joined, last that it left,
 * whatever threads these happen on.
 *
 * <p><b>Thread:</b> any. What comes while the listener is being told something is told by that
 * thread afterwards; nobody waits.
 */
final class ViewerNews {
  private final Viewer viewer;
  private final ViewerListener listener;
  private final Queue<Runnable> untold = new ArrayDeque<>();
  // As if it were being told something: whatever comes before it joined is told after that.
  private boolean telling = true;
  private boolean over;

  ViewerNews(Viewer viewer, ViewerListener listener) {
    this.viewer = viewer;
    this.listener = listener;
  }

  /** Once, before anything is told. */
  void joined() {
    tell(() -> listener.joined(viewer));
  }

  void connected() {
    add(() -> listener.connected(viewer), false);
  }

  /** Nothing is told after it. */
  void left(LeaveReason reason) {
    add(() -> listener.left(viewer, reason), true);
  }

  private void add(Runnable news, boolean last) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = last;
      if (telling) {
        untold.add(news);
        return;
      }
      telling = true;
    }
    tell(news);
  }

  /** What fails is thrown once all is told that came meanwhile. */
  private void tell(Runnable news) {
    try {
      news.run();
    } finally {
      Runnable next = next();
      if (next != null) {
        tell(next);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = untold.poll();
    telling = next != null;
    return next;
  }
}
