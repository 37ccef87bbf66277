package org.framecast.web.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.framecast.problem.ProblemException;
import org.framecast.viewer.ViewerEvent;
import org.junit.jupiter.api.Test;

class EventTypesTest {
  private static Set<ViewerEvent.Type> read(String json) {
    return EventTypes.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String refusal(String json) {
    ProblemException thrown = assertThrows(ProblemException.class, () -> read(json));
    assertEquals(json.length() > 1_024 ? 413 : 400, thrown.problem().status(), json);
    return thrown.problem().code();
  }

  @Test
  void aListOfKnownTypesIsRead() {
    assertEquals(
        Set.of(ViewerEvent.Type.ACTIVE, ViewerEvent.Type.VIEWER_COUNT),
        read(" [\"active\", \"viewercount\", \"active\"] "));
  }

  @Test
  void anythingElseIsRefused() {
    assertEquals("event-unsupported", refusal("[\"active\",\"weather\"]"));
    for (String json :
        new String[] {
          "",
          "[]",
          "{}",
          "\"active\"",
          "[1]",
          "[[\"active\"]]",
          "[\"active\"",
          "[\"active\"] x",
          "[\"active\"],[]",
          "[".repeat(900)
        }) {
      assertEquals("json-malformed", refusal(json), json);
    }
    assertEquals("body-too-large", refusal("[" + "\"active\",".repeat(500) + "\"active\"]"));
  }
}
