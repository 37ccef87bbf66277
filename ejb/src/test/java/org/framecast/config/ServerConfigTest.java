package org.framecast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
  private static ServerConfig read(Map<String, String> given) {
    return ServerConfig.read(key -> Optional.ofNullable(given.get(key)), Path.of("data"));
  }

  @Test
  void nothingGivenMeansTheDefaults() {
    ServerConfig config = read(Map.of());
    assertEquals(Duration.ofMinutes(15), config.sessions().accessLife());
    assertEquals(8_388_608, config.ingest().maxMessageBytes());
    assertEquals(Path.of("data"), config.folders().data());
    assertFalse(config.pairing().required());
  }

  @Test
  void aValueOutOfRangeIsRefusedByName() {
    ConfigException fault =
        assertThrows(
            ConfigException.class, () -> read(Map.of("framecast.webrtc.udp-port", "70000")));
    assertTrue(String.valueOf(fault.getMessage()).contains("framecast.webrtc.udp-port"));
  }

  @Test
  void aTextWhereANumberBelongsIsRefused() {
    assertThrows(ConfigException.class, () -> read(Map.of("framecast.process.workers", "many")));
  }

  @Test
  void pairingNeedsACode() {
    assertThrows(ConfigException.class, () -> read(Map.of("framecast.pairing.required", "true")));
  }

  @Test
  void thePairingCodeIsInNoText() {
    ServerConfig config =
        read(Map.of("framecast.pairing.required", "true", "framecast.pairing.code", "SECRETCODE"));
    assertFalse(config.toString().contains("SECRETCODE"));
  }

  @Test
  void listsAreSplitAtCommas() {
    assertEquals(
        List.of("127.0.0.1", "a.example", "b.example"),
        read(Map.of("framecast.http.hosts", "a.example, b.example,")).httpHosts());
  }
}
