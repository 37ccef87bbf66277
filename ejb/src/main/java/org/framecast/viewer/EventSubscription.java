package org.framecast.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.transport.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's wish to be told of events, and what it was told last.
 *
 * <p><b>Thread:</b> any.
 */
public final class EventSubscription {
  private final WhepSession session;
  private final Set<ViewerEvent.Type> types;
  private ViewerEvent.@Nullable Sink sink;
  private @Nullable StreamNow before;
  private @Nullable Boolean wasActive;
  private int toldViewers = -1;
  private List<ViewerEvent.Encoding> toldEncodings = List.of();
  private boolean ended;

  EventSubscription(WhepSession session, Set<ViewerEvent.Type> types) {
    this.session = session;
    this.types = Set.copyOf(types);
  }

  WhepSession session() {
    return session;
  }

  /**
   * Events go there from now on, beginning with how things are; a reader that was there before
   * hears no more.
   *
   * @return false when the subscription has ended
   */
  public boolean attach(ViewerEvent.Sink reader) {
    ViewerEvent.Sink previous;
    synchronized (this) {
      if (ended) {
        return false;
      }
      previous = sink;
      sink = reader;
      wasActive = null;
      toldViewers = -1;
      toldEncodings = List.of();
    }
    if (previous != null) {
      previous.close();
    }
    return true;
  }

  /** Compares the stream with what was told, and tells what is new. */
  synchronized void tick(Optional<StreamNow> now) {
    StreamNow last = before;
    before = now.orElse(null);
    if (sink == null || ended) {
      return;
    }
    for (ViewerEvent event : news(last, now)) {
      if (types.contains(event.type()) && !sink.send(event)) {
        // It may come back: the subscription stays.
        sink.close();
        sink = null;
        return;
      }
    }
  }

  private List<ViewerEvent> news(@Nullable StreamNow last, Optional<StreamNow> now) {
    List<ViewerEvent> news = new ArrayList<>();
    if (last != null || now.isEmpty()) {
      boolean active = last != null && now.filter(n -> n.units() > last.units()).isPresent();
      if (wasActive == null || wasActive != active) {
        wasActive = active;
        news.add(active ? new ViewerEvent.Active() : new ViewerEvent.Inactive());
      }
    }
    now.ifPresent(
        present -> {
          layers(present).ifPresent(news::add);
          if (present.viewers() != toldViewers) {
            toldViewers = present.viewers();
            news.add(new ViewerEvent.ViewerCount(toldViewers));
          }
        });
    return news;
  }

  private Optional<ViewerEvent> layers(StreamNow now) {
    List<ViewerEvent.Encoding> encodings =
        session.viewer().codec(MediaKind.VIDEO).map(now::encodings).orElse(List.of());
    boolean same = encodings.size() == toldEncodings.size();
    for (int i = 0; same && i < encodings.size(); i++) {
      same = encodings.get(i).resembles(toldEncodings.get(i));
    }
    if (same) {
      return Optional.empty();
    }
    toldEncodings = encodings;
    return session.viewer().mid(MediaKind.VIDEO).map(mid -> new ViewerEvent.Layers(mid, encodings));
  }

  /** The viewer is gone, and perhaps the stream with it. */
  void end(List<ViewerEvent> lastWords) {
    ViewerEvent.Sink reader;
    List<ViewerEvent> unsaid;
    synchronized (this) {
      ended = true;
      reader = sink;
      sink = null;
      unsaid = lastWords.stream().filter(event -> types.contains(event.type())).toList();
      if (Boolean.FALSE.equals(wasActive)) {
        // It stood still before it ended, which was told then.
        unsaid =
            unsaid.stream().filter(event -> event.type() != ViewerEvent.Type.INACTIVE).toList();
      }
    }
    if (reader != null) {
      unsaid.forEach(reader::send);
      reader.close();
    }
  }
}
