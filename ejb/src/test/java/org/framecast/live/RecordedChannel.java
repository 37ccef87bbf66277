package org.framecast.live;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was sent to a publisher. */
final class RecordedChannel implements PublisherChannel {
  private final List<StreamEvent> events = new ArrayList<>();
  private final List<Integer> closes = new ArrayList<>();
  private boolean failsToClose;
  private boolean refusesEvents;
  private boolean failsToSend;

  void failsToClose() {
    failsToClose = true;
  }

  void failsToSend() {
    failsToSend = true;
  }

  void refusesEvents(boolean refuses) {
    refusesEvents = refuses;
  }

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
    if (failsToSend) {
      throw new IllegalStateException("cannot be told");
    }
    return !refusesEvents && events.add(event);
  }

  @Override
  public boolean sendResult(StreamEvent.Result found, ByteBuffer image) {
    return true;
  }

  @Override
  public void ping() {}

  @Override
  public void close(int code, String reason) {
    closes.add(code);
    if (failsToClose) {
      throw new IllegalStateException("cannot be closed");
    }
  }
}
