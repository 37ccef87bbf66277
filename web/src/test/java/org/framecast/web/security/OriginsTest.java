package org.framecast.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'*', https://player.example, *",
        "'*', -, *",
        "https://player.example, https://player.example, https://player.example",
        "https://player.example, HTTPS://Player.example, HTTPS://Player.example",
        "https://player.example, https://other.example, -",
        "https://player.example, -, -",
        "'', https://player.example, -",
      })
  void playersOfTheSitesThatAreConfiguredReadAnswers(
      String configured, @Nullable String origin, @Nullable String allowed) {
    for (String path : List.of("/whep/demo", "/whip/s-1/secret", "/hls/demo/index.m3u8")) {
      Map<String, String> headers = origins(configured).readers(path, origin);
      assertEquals(allowed, headers.get("Access-Control-Allow-Origin"), path);
      assertEquals("Origin", headers.get("Vary"));
      assertEquals(
          "ETag, Location, Link, Retry-After, WWW-Authenticate",
          headers.get("Access-Control-Expose-Headers"));
    }
  }

  @Test
  void nobodyElseReadsWhatIsNotForPlayers() {
    for (String path : List.of("/session", "/", "/whep", "/app/whep/demo")) {
      assertEquals(
          Map.of("Cross-Origin-Resource-Policy", "same-origin"),
          origins("*").readers(path, "https://player.example"));
    }
  }

  private static Origins origins(String configured) {
    return new Origins(
        ServerConfig.read(
            key ->
                key.equals("framecast.http.cors-origins")
                    ? Optional.of(configured)
                    : Optional.empty(),
            Path.of("data")));
  }
}
