package org.framecast.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, http, localhost, 8080, true",
    "http://localhost:8080, ws, localhost, 8080, true",
    "https://localhost:8443, wss, localhost, 8443, true",
    "http://localhost, http, localhost, 80, true",
    "https://LOCALHOST, https, localhost, 443, true",
    "http://localhost:8081, http, localhost, 8080, false",
    "https://localhost:8080, http, localhost, 8080, false",
    "http://evil.example:8080, http, localhost, 8080, false",
    "http://localhost.evil.example:8080, http, localhost, 8080, false",
    "null, http, localhost, 8080, false",
    "file://, http, localhost, 8080, false",
    "not a uri, http, localhost, 8080, false",
  })
  void aPageIsOwnWhenSchemeHostAndPortAre(
      String origin, String scheme, String host, int port, boolean own) {
    assertEquals(own, Origins.isOwnOrigin(origin, scheme, host, port));
  }

  @ParameterizedTest
  @CsvSource({"http, localhost, 8080"})
  void aProgramThatIsNoPageSaysNoOrigin(String scheme, String host, int port) {
    assertEquals(true, Origins.isOwnOrigin(null, scheme, host, port));
  }
}
