package org.framecast.live;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was sent to a publisher. */
final class RecordedChannel implements PublisherChannel {
  private final List<StreamEvent> events = new ArrayList<>();
  private final List<Integer> closes = new ArrayList<>();

  List<String> codes() {
    return events.stream()
        .filter(StreamEvent.Error.class::isInstance)
        .map(event -> ((StreamEvent.Error) event).code().text())
        .toList();
  }

  List<String> endings() {
    return events.stream()
        .filter(StreamEvent.Ended.class::isInstance)
        .map(event -> ((StreamEvent.Ended) event).reason())
        .toList();
  }

  List<Integer> closes() {
    return closes;
  }

  @Override
  public boolean send(StreamEvent event) {
    return events.add(event);
  }

  @Override
  public boolean sendImage(ByteBuffer message) {
    return true;
  }

  @Override
  public void ping() {}

  @Override
  public void close(int code, String reason) {
    closes.add(code);
  }
}
