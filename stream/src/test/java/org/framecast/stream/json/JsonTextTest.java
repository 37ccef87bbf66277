package org.framecast.stream.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @Test
  void everyKindOfValueIsRead() {
    assertEquals(
        Map.of("a", List.of(1.0, -0.5, 2e3), "b", true, "c", "ä\n\"\u20ac", "d", Map.of()),
        JsonText.parse(
            " {\"a\":[1,-0.5,2E3], \"b\" : true,\"c\":\"ä\\n\\\"\\u20aC\",\"d\":{},\"e\":null}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "{\"a\"}",
        "{\"a\":1,}",
        "[1,]",
        "[1 2]",
        "{a:1}",
        "'a'",
        "01",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e999",
        "NaN",
        "tru",
        "\"",
        "\"\\x\"",
        "\"\\u00g0\"",
        "\"\\u+123\"",
        "\"\u0001\"",
        "1 1",
        "null",
        "[null]",
        "{\"a\":1,\"a\":2}",
        "{\"a\":null,\"a\":2}"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> JsonText.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"a\":x} | line 1, column 6", "{\\n  \"a\": 1,\\n  b | line 3, column 3"})
  void thePlaceIsSaid(String text, String place) {
    String json = text.replace("\\n", "\n");
    IllegalArgumentException wrong =
        assertThrows(IllegalArgumentException.class, () -> JsonText.parse(json));
    assertTrue(String.valueOf(wrong.getMessage()).endsWith(place), wrong.getMessage());
  }

  @Test
  void thirtyTwoLevelsAreTheLimit() {
    JsonText.parse("[".repeat(32) + "1" + "]".repeat(32));
    assertThrows(
        IllegalArgumentException.class,
        () -> JsonText.parse("[".repeat(33) + "1" + "]".repeat(33)));
  }
}
