package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnedStreamsTest {
  private record Owned(String owner, String name) {}

  private final OwnedStreams<String, Owned> streams = new OwnedStreams<>(5, 3, Owned::owner);

  private Owned put(String owner, String name) {
    Owned stream = new Owned(owner, name);
    streams.put(name, stream);
    return stream;
  }

  private void take(String owner) {
    assertEquals(Optional.empty(), streams.take(owner), owner);
  }

  @Test
  void aStreamThatWasMadeHasThePlaceThatWasTakenForItAndNoSecond() {
    take("ann");
    put("ann", "one");
    take("ann");
    take("ann");
    assertEquals(Optional.of(OwnedStreams.Refusal.OWNER_HAS_ALL), streams.take("ann"));
  }

  @Test
  void thoseBeingMadeHavePlacesToo() {
    take("ann");
    take("ann");
    take("ann");
    assertEquals(Optional.of(OwnedStreams.Refusal.OWNER_HAS_ALL), streams.take("ann"));
    take("bob");
    take("bob");
    assertEquals(Optional.of(OwnedStreams.Refusal.ALL_TAKEN), streams.take("cat"));
    streams.giveBack("bob");
    take("cat");
    assertEquals(0, streams.size());
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    take("ann");
    put("ann", "one");
    take("ann");
    streams.giveBack("ann");
    take("ann");
    take("ann");
    assertEquals(Optional.of(OwnedStreams.Refusal.OWNER_HAS_ALL), streams.take("ann"));
  }

  @Test
  void oneThatIsRemovedLeavesItsPlace() {
    take("ann");
    Owned one = put("ann", "one");
    take("ann");
    Owned two = put("ann", "two");
    take("bob");
    Owned other = put("bob", "other");
    assertEquals(Optional.of(two), streams.find("two"));
    assertEquals(List.of(other), streams.of("bob"));
    streams.remove("one", other);
    assertEquals(3, streams.size());
    streams.remove("one", one);
    assertEquals(Optional.empty(), streams.find("one"));
    assertEquals(List.of(two), streams.of("ann"));
    take("ann");
    take("ann");
    assertEquals(Optional.of(OwnedStreams.Refusal.OWNER_HAS_ALL), streams.take("ann"));
  }
}
