package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.model.SharedComponents;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.LayerSetting;
import org.framecast.session.SessionState;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.LayerDescription;
import org.junit.jupiter.api.Test;

class LayerCatalogTest {
  private final LayerCatalog catalog =
      new LayerCatalog(
          ComponentRegistry.load(ComponentRegistry.class.getClassLoader()), new SharedComponents());

  private Problem refusal(String... layers) {
    List<LayerSetting> settings =
        List.of(layers).stream().map(name -> new LayerSetting(name, Map.of())).toList();
    SessionState state = new SessionState(Optional.empty(), settings);
    return assertThrows(ProblemException.class, () -> catalog.check(state)).problem();
  }

  private List<String> names(boolean ofStreamsAlone) {
    return catalog.descriptions().stream()
        .filter(layer -> layer.needs().contains(LayerProvider.Need.COMPOSITOR) == ofStreamsAlone)
        .map(LayerDescription::name)
        .toList();
  }

  @Test
  void aLayerThatWorksInStreamsOfDocumentsAloneIsRefusedWhereItStands() {
    List<String> ofStreams = names(true);
    assertTrue(ofStreams.contains("video"), ofStreams.toString());
    for (String name : ofStreams) {
      Problem problem = refusal("boxes", name);
      assertEquals(422, problem.status());
      assertEquals("state-invalid", problem.code());
      assertEquals(Optional.of("/layers/1/name"), problem.at());
      assertTrue(problem.detail().contains("documents alone"), problem.detail());
    }
  }

  @Test
  void anUnknownNameIsAnsweredByThoseThatASessionCanHave() {
    Problem problem = refusal("no-such-layer");
    assertEquals(Optional.of("/layers/0/name"), problem.at());
    List<String> listed = List.of(problem.detail().replaceAll(".*there are |\\.$", "").split(", "));
    assertTrue(listed.containsAll(names(false)), problem.detail());
    names(true).forEach(name -> assertFalse(listed.contains(name), problem.detail()));
  }

  @Test
  void whatIsNotSaidIsFilledIn() {
    SessionState state =
        new SessionState(Optional.empty(), List.of(new LayerSetting("boxes", Map.of())));
    SessionState checked = catalog.check(state);
    assertEquals("boxes", checked.layers().getFirst().name());
    assertFalse(checked.layers().getFirst().options().isEmpty());
  }
}
