package org.framecast.stream.webrtc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.transport.MediaKind;

/**
 * All viewers of one stream, shared out among the senders: a shard for each sender.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> closes the shards; the senders are the caller's.
 */
final class Shards implements AutoCloseable {
  private final List<Shard> all;

  private Shards(List<Shard> all) {
    this.all = List.copyOf(all);
  }

  /**
   * @param contexts makes one for each shard, which closes it
   */
  static Shards open(
      List<Sender> senders,
      Supplier<SendContext> contexts,
      List<Lane> lanes,
      long maxCachedNanos,
      ShardListener listener) {
    List<Shard> made = new ArrayList<>();
    try (Unfinished opened = new Unfinished()) {
      for (Sender sender : senders) {
        Shard shard =
            opened.add(new Shard(sender, lanes, contexts.get(), maxCachedNanos, listener));
        sender.add(shard);
        made.add(shard);
      }
      opened.finished();
    }
    return new Shards(made);
  }

  /** There is a new unit. */
  void wake(MediaKind kind) {
    // No iterator for each unit.
    for (int i = 0; i < all.size(); i++) {
      all.get(i).wake(kind);
    }
  }

  /** Where the next viewer goes. */
  Shard emptiest() {
    return all.stream().min(Comparator.comparingInt(Shard::viewers)).orElseThrow();
  }

  void remove(ViewerTrack track) {
    all.forEach(shard -> shard.remove(track));
  }

  SendTotals totals() {
    return all.stream().map(Shard::totals).reduce(SendTotals.NOTHING, SendTotals::plus);
  }

  /** Passes of senders that failed; each cost what was to be sent then. */
  long failures() {
    return all.stream().mapToLong(Shard::failures).sum();
  }

  /** When this returns, nothing of the stream is read or sent any more. */
  @Override
  public void close() {
    Closing.each(all, Shard::close);
  }
}
