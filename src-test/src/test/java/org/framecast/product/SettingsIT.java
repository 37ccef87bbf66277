package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers and options over HTTP: what may be chosen, what is refused and how that is said. */
class SettingsIT extends ProductTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-such-layer | {} | /layers/1/name | there are detect, anonymise,",
        "detect | {\"no/such\":1} | /layers/1/options/no~1such | the options are confidence, overlap",
        "detect | {\"confidence\":2} | /layers/1/options/confidence | The option confidence of detect"
            + " must be a number from 0.05 to 0.95 in steps of 0.05.",
        "detect | {\"confidence\":\"0.5\"} | /layers/1/options/confidence | must be a number from",
        "detect | {\"confidence\":0.33} | /layers/1/options/confidence | in steps of 0.05.",
        "detect | {\"classes\":\"dragon\"} | /layers/1/options/classes | circle, square, triangle,",
        "anonymise | {\"classes\":\"faces\"} | /layers/1/options/classes | circle, square, triangle,",
        "anonymise | {\"mode\":\"x\"} | /layers/1/options/mode | must be one of pixelate, blur."
      })
  void aRefusalPointsToTheOptionAndStatesItsRule(
      String layer, String options, String pointer, String rule) {
    String token = api().openSession().accessToken();
    Api.Answer answer =
        api()
            .putJson(
                "/session/state",
                token,
                "{\"layers\":[{\"name\":\"caption\"},{\"name\":\""
                    + layer
                    + "\",\"options\":"
                    + options
                    + "}]}");
    assertEquals(422, answer.status(), answer.text());
    assertEquals("state-invalid", answer.problem());
    assertEquals(pointer, answer.json().getString("pointer"));
    assertTrue(answer.json().getString("detail").contains(rule), answer.text());
  }

  @Test
  void theNamesOfTheClassesAreInTheComponents() {
    JsonObject known =
        api()
            .send(api().request("/components").GET().build())
            .json()
            .getJsonArray("layers")
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(layer -> layer.getString("name").equals("anonymise"))
            .findFirst()
            .orElseThrow()
            .getJsonObject("options")
            .getJsonObject("properties")
            .getJsonObject("classes");
    assertEquals(
        "[\"circle\",\"square\",\"triangle\",\"star\",\"face\"]",
        known.getJsonArray("x-known").toString());
  }

  @Test
  void theStateIsAnsweredWithItsDefaults() {
    String token = api().openSession().accessToken();
    Api.Answer answer =
        api()
            .putJson(
                "/session/state",
                token,
                "{\"layers\":[{\"name\":\"detect\",\"options\":{\"confidence\":0.3}}]}");
    assertEquals(
        "{\"source\":null,\"layers\":[{\"name\":\"detect\",\"options\":"
            + "{\"confidence\":0.3,\"overlap\":0.6,\"classes\":\"\"}}]}",
        answer.text());
    assertEquals(answer.text(), api().get("/session/state", token).text());
    Api.Answer nothing = api().putJson("/session/state", token, "{}");
    assertEquals(422, nothing.status(), nothing.text());
    assertEquals("/layers", nothing.json().getString("pointer"));
  }
}
