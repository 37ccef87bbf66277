package org.framecast.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaHeadersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|true",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2|true",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8|true",
        "application/signed-exchange;v=b3;q=0.7|true",
        "text/plain; a=\"b, c\" ,, text/html|true",
        "''|true",
        "///|false",
        "*/|false",
        "text|false",
        "text/plain;q=x|false",
        "text/plain;q=2|false",
        "marker;;;|false",
        "text/plain; a|false",
        "text/plain text/html|false"
      })
  void acceptIsAListOfRanges(String accept, boolean readable) {
    assertEquals(readable, MediaHeaders.isAcceptReadable(accept), accept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|true",
        "application/json; charset=utf-8|true",
        "text/plain; charset=nonsense|true",
        "''|false",
        "'  '|false",
        "///|false",
        ";;;|false",
        "text/plain, text/html|false"
      })
  void aBodyHasOneType(String type, boolean readable) {
    assertEquals(readable, MediaHeaders.isTypeReadable(type), type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|true",
        "identity|true",
        "Identity, |true",
        "gzip|false",
        "identity, br|false",
        "x-nonsense|false"
      })
  void aBodyIsNotPacked(String codings, boolean plain) {
    assertEquals(plain, MediaHeaders.isPlain(codings), codings);
  }

  @Test
  void longOnesAreNotRead() {
    assertFalse(MediaHeaders.isAcceptReadable("text/plain" + ";".repeat(30_000)));
    assertFalse(MediaHeaders.isTypeReadable("text/plain" + ";".repeat(30_000)));
  }
}
