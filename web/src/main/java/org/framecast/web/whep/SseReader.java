package org.framecast.web.whep;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.viewer.ViewerEvent;

/**
 * Writes events to one HTTP answer that stays open.
 *
 * <p><b>Thread:</b> any; nothing waits for the reader.
 */
final class SseReader implements ViewerEvent.Sink {
  /** More than these unwritten, and the reader is given up. */
  private static final int MAX_UNWRITTEN = 16;

  private final SseEventSink sink;
  private final Sse sse;
  private final AtomicInteger unwritten = new AtomicInteger();

  SseReader(SseEventSink sink, Sse sse) {
    this.sink = sink;
    this.sse = sse;
  }

  @Override
  public boolean send(ViewerEvent event) {
    if (sink.isClosed() || unwritten.incrementAndGet() > MAX_UNWRITTEN) {
      return false;
    }
    try {
      sink.send(sse.newEvent(event.type().wireName(), data(event).toString()))
          .whenComplete(
              (written, failure) -> {
                unwritten.decrementAndGet();
                if (failure != null) {
                  close();
                }
              });
      return true;
    } catch (IllegalStateException e) {
      // It was closed just now, by the container or by a write that failed.
      return false;
    }
  }

  @Override
  public void close() {
    sink.close();
  }

  static JsonObject data(ViewerEvent event) {
    return switch (event) {
      case ViewerEvent.Active active -> JsonObject.EMPTY_JSON_OBJECT;
      case ViewerEvent.Inactive inactive -> JsonObject.EMPTY_JSON_OBJECT;
      case ViewerEvent.Layers layers -> layers(layers);
      case ViewerEvent.ViewerCount(int viewers) ->
          Json.createObjectBuilder().add("viewercount", viewers).build();
    };
  }

  private static JsonObject layers(ViewerEvent.Layers layers) {
    JsonArrayBuilder active = Json.createArrayBuilder();
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (ViewerEvent.Encoding encoding : layers.encodings()) {
      active.add(
          Json.createObjectBuilder()
              .add("id", encoding.id())
              .add("bitrate", encoding.bitrateBps())
              .add("width", encoding.width())
              .add("height", encoding.height()));
      all.add(Json.createObjectBuilder().add("encodingId", encoding.id()));
    }
    return Json.createObjectBuilder()
        .add(
            layers.mid(),
            Json.createObjectBuilder()
                .add("active", active)
                .add("inactive", Json.createArrayBuilder())
                .add("layers", all))
        .build();
  }
}
