package org.framecast.web.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.LayerSetting;
import org.framecast.session.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {
  private static SessionState parse(String text) {
    return StateJson.parse(JsonBody.read(stream(text)));
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem refusal(String text) {
    return assertThrows(ProblemException.class, () -> parse(text)).problem();
  }

  @Test
  void aStateSurvivesTheWayThereAndBack() {
    SessionState state =
        new SessionState(
            Optional.of("abc"),
            List.of(
                new LayerSetting("detect", Map.of("confidence", 0.5, "classes", "circle")),
                new LayerSetting("boxes", Map.of("labels", true, "width", 3L))));
    assertEquals(state, parse(StateJson.of(state).toString()));
  }

  @Test
  void nothingSelectedIsNull() {
    assertEquals("{\"source\":null,\"layers\":[]}", StateJson.of(SessionState.empty()).toString());
    assertEquals(SessionState.empty(), parse("{\"source\":null,\"layers\":[]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"sauce\":1}|/sauce",
        "{\"source\":7}|/source",
        "{}|/layers",
        "{\"a/b~\":1}|/a~1b~0",
        "{\"layers\":{}}|/layers",
        "{\"layers\":[7]}|/layers/0",
        "{\"layers\":[{\"name\":\"a\"},{}]}|/layers/1",
        "{\"layers\":[{\"name\":\"a\",\"options\":[]}]}|/layers/0/options",
        "{\"layers\":[{\"name\":\"a\",\"options\":{\"b\":{}}}]}|/layers/0/options/b",
      })
  void theWrongPartIsNamed(String text, String pointer) {
    Problem problem = refusal(text);
    assertEquals(422, problem.status());
    assertEquals(Optional.of(pointer), problem.at());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "nonsense", "{\"a\":", "{\"layers\":[[[[[[[[[[[[[[[[[[]"})
  void whatIsNoObjectIsRefused(String text) {
    assertEquals(400, refusal(text).status());
  }

  @Test
  void anEmptyBodyIsAllowedWhereItIsOptional() {
    assertEquals(0, JsonBody.readOptional(stream(" \n")).size());
  }
}
