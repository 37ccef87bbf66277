package org.framecast.stream.layer.overlay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last few axes that one painter needed: a picture that changes seldom changes its size.
 *
 * <p><b>Thread:</b> any.
 */
final class Axes {
  /** Two sides of luma and two of chroma, for two sizes. */
  private static final int KEPT = 8;

  private final AtomicReferenceArray<@Nullable Entry> kept = new AtomicReferenceArray<>(KEPT);
  private final AtomicInteger next = new AtomicInteger();

  private record Entry(int size, Axis axis) {}

  /** The means for {@code size} pixels that become {@code target}, or null if they stay as is. */
  @Nullable Axis of(int size, int target) {
    if (size == target) {
      return null;
    }
    for (int i = 0; i < KEPT; i++) {
      Entry entry = kept.get(i);
      if (entry != null && entry.size() == size && entry.axis().size() == target) {
        return entry.axis();
      }
    }
    Axis made = Axis.of(size, target);
    kept.set(Math.floorMod(next.getAndIncrement(), KEPT), new Entry(size, made));
    return made;
  }
}
