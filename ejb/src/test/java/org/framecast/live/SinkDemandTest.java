package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.pipeline.SinkStatistics;
import org.junit.jupiter.api.Test;

class SinkDemandTest {
  private final List<SinkStatistics> sinks = new ArrayList<>();
  private final List<String> switched = new ArrayList<>();
  private final SinkDemand demand =
      new SinkDemand(
          () -> List.copyOf(sinks),
          name -> !name.equals(Recordable.PREVIEW),
          () -> switched.add("on"),
          () -> switched.add("off"));

  private void comes(String name) {
    sinks.add(new SinkStatistics(name, SinkStatistics.State.RUNNING, 0, 0, 0));
  }

  private void goes(String name) {
    sinks.removeIf(sink -> sink.name().equals(name));
  }

  @Test
  void theFirstSwitchesItOnAndTheLastOff() {
    for (String name : List.of("a", "b")) {
      comes(name);
      demand.settle();
      assertTrue(demand.isOn());
    }
    goes("a");
    demand.settle();
    assertEquals(List.of("on"), switched);
    goes("b");
    demand.settle();
    assertFalse(demand.isOn());
    assertEquals(List.of("on", "off"), switched);
  }

  @Test
  void whoComesWhileTheLastGoesIsNotForgotten() {
    comes("a");
    demand.settle();
    goes("a");
    comes("b");
    demand.settle();
    // Now the one that took the first away says so.
    demand.settle();
    assertTrue(demand.isOn());
    assertEquals(List.of("on"), switched);
  }

  @Test
  void oneThatTwoTakeAwayIsGoneOnce() {
    comes("a");
    comes("b");
    demand.settle();
    goes("a");
    demand.settle();
    demand.settle();
    assertTrue(demand.isOn(), "the other is still there");
  }

  @Test
  void oneThatIsCompleteNeedsNothingThoughItsNumbersStay() {
    comes("a");
    demand.settle();
    goes("a");
    sinks.add(new SinkStatistics("a", SinkStatistics.State.FINISHED, 0, 0, 0));
    demand.settle();
    assertEquals(List.of("on", "off"), switched);
  }

  @Test
  void whatNeedsNothingSwitchesNothing() {
    comes(Recordable.PREVIEW);
    demand.settle();
    assertFalse(demand.isOn());
    assertEquals(List.of(), switched);
  }
}
