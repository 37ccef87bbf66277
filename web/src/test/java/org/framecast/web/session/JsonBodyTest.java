package org.framecast.web.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.framecast.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static InputStream body(String text, Charset charset) {
    return new ByteArrayInputStream(text.getBytes(charset));
  }

  private static void assertMalformed(String text, Charset charset) {
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> JsonBody.read(body(text, charset)), text);
    assertEquals("json-malformed", refusal.problem().code());
  }

  @Test
  void anObjectIsReadWithWhiteSpaceAroundIt() {
    String text = " \r\n{\"a\":{\"b\":[1,{\"c\":\"ü}\"}]}}\t\n ";
    assertEquals(
        "ü}",
        JsonBody.read(body(text, StandardCharsets.UTF_8))
            .getJsonObject("a")
            .getJsonArray("b")
            .getJsonObject(1)
            .getString("c"));
  }

  @Test
  void anEmptyBodyIsAnEmptyObjectWhereItMayBe() {
    assertEquals(0, JsonBody.readOptional(body(" \n", StandardCharsets.UTF_8)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "1",
        "\"a\"",
        "null",
        "{}{}",
        "{}}",
        "{} x",
        "{},",
        "{}\u0000",
        "{\"a\":1}]",
        "\uFEFF{}",
        "{\"a\":01}",
        "{'a':1}"
      })
  void whatIsNotOneObjectIsRefused(String text) {
    assertMalformed(text, StandardCharsets.UTF_8);
  }

  /** Stream secrets, pairing codes and captions that look like numbers or brackets. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e1234AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "1111111111111111111111111111111111111111111",
        "AB2E2345CD",
        "Gate 4 6E2024 open",
        "{{{{{{{{{{{{{{{{{{{{[[[[[[[["
      })
  void aTextMayHoldWhateverItLikes(String value) {
    String text = "{\"" + value + "\":[\"" + value + "\"]}";
    assertEquals(
        value, JsonBody.read(body(text, StandardCharsets.UTF_8)).getJsonArray(value).getString(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1e1234}",
        "{\"a\":-1.5E-9999999}",
        "{\"a\":[1,{\"b\":111111111111111111111111111111}]}",
        "{\"a\":1e123456789",
        "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"
      })
  void whatIsDearToBuildIsNotBuilt(String text) {
    assertMalformed(text, StandardCharsets.UTF_8);
  }

  @Test
  void otherEncodingsAreRefused() {
    assertMalformed("{\"a\":\"ü\"}", StandardCharsets.ISO_8859_1);
    assertMalformed("{\"a\":1}", StandardCharsets.UTF_16);
    assertMalformed("{\"a\":1}", StandardCharsets.UTF_16LE);
  }
}
