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
import java.util.Set;
import org.framecast.stream.codec.ReaderLimits;
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
    assertEquals(
        Set.of("webcam", "screen", "audio", "display", "webrtc"),
        config.documents().refusedKinds());
  }

  @Test
  void aValueOutOfRangeIsRefusedByName() {
    ConfigException fault =
        assertThrows(
            ConfigException.class, () -> read(Map.of("framecast.webrtc.udp-port", "70000")));
    assertTrue(String.valueOf(fault.getMessage()).contains("framecast.webrtc.udp-port"));
  }

  @Test
  void everyUnusableValueIsNamedOnce() {
    ConfigException fault =
        assertThrows(
            ConfigException.class,
            () ->
                read(
                    Map.of(
                        "framecast.process.workers", "abc",
                        "framecast.video.speed", "17",
                        "framecast.video.codecs", "VP8,VP7",
                        "framecast.pairing.required", "yes",
                        "framecast.http.bind", "0.0.0.0",
                        "framecast.streams.ivf", "demo=/x.ivf",
                        "framecast.streams.commands", "nonsense")));
    assertEquals(
        List.of(
            "framecast.http.bind",
            "framecast.pairing.required",
            "framecast.process.workers",
            "framecast.streams.commands",
            "framecast.streams.ivf",
            "framecast.video.codecs",
            "framecast.video.speed"),
        fault.faults().stream().map(text -> text.split(" ", 2)[0]).sorted().toList());
    assertTrue(
        fault
            .faults()
            .contains(
                "framecast.process.workers (FRAMECAST_PROCESS_WORKERS) is no whole number: abc"),
        fault.faults().toString());
  }

  @Test
  void aTextWhereANumberBelongsIsRefused() {
    assertThrows(ConfigException.class, () -> read(Map.of("framecast.process.workers", "many")));
  }

  @Test
  void whatSendsToViewersIsLimited() {
    assertEquals(new ServerConfig.Sending(0, 512, 25, 32_000), read(Map.of()).webRtc().sending());
    Map<String, String> keys =
        Map.of(
            "framecast.webrtc.send-threads", "0..64",
            "framecast.webrtc.history-packets", "64..16384",
            "framecast.webrtc.max-repeat-percent", "0..100",
            "framecast.webrtc.min-repeat-bytes-per-s", "0..100000000");
    keys.forEach(ServerConfigTest::holdsItsEdges);
  }

  @Test
  void whatASinkMayHoldUpIsLimited() {
    assertEquals(Duration.ofSeconds(2), read(Map.of()).processing().sinkPatience());
    holdsItsEdges("framecast.process.sink-patience-millis", "10..60000");
    assertEquals(
        Duration.ofMillis(137),
        read(Map.of("framecast.process.sink-patience-millis", "137")).processing().sinkPatience());
  }

  private static void holdsItsEdges(String key, String range) {
    String[] edges = range.split("\\.\\.");
    for (String edge : edges) {
      read(Map.of(key, edge));
    }
    for (long beyond : List.of(Long.parseLong(edges[0]) - 1, Long.parseLong(edges[1]) + 1)) {
      assertThrows(ConfigException.class, () -> read(Map.of(key, Long.toString(beyond))), key);
    }
  }

  @Test
  void filesAndSmallPicturesAreLimited() {
    assertEquals(ReaderLimits.DEFAULT, read(Map.of()).readerLimits());
    assertEquals(
        new PreviewSettings(16, Duration.ofSeconds(10), 320, Duration.ofSeconds(1)),
        read(Map.of()).previews());
    Map<String, String> keys =
        Map.of(
            "framecast.files.max-pixels", "256..268435456",
            "framecast.files.max-tracks", "1..1024",
            "framecast.files.probe-bytes", "2048..1073741824",
            "framecast.files.probe-millis", "1..600000",
            "framecast.files.queue-bytes", "65536..4294967296",
            "framecast.previews.max", "0..10000",
            "framecast.previews.linger-seconds", "2..3600",
            "framecast.previews.thumbnail-side", "32..1920",
            "framecast.previews.thumbnail-millis", "100..600000");
    keys.forEach(ServerConfigTest::holdsItsEdges);
  }

  @Test
  void everyLimitOfFilesReachesItsPlace() {
    Map<String, String> given =
        Map.of(
            "framecast.files.max-pixels", "1001",
            "framecast.files.max-tracks", "2",
            "framecast.files.probe-bytes", "3003",
            "framecast.files.probe-millis", "4",
            "framecast.files.queue-bytes", "65537");
    assertEquals(
        new ReaderLimits(1_001, 2, 3_003, Duration.ofMillis(4), 65_537),
        read(given).readerLimits());
  }

  @Test
  void whatIsRecordedIsLimited() {
    assertEquals(
        new ServerConfig.Recordings(8, 100, 1L << 30, 16, 10L << 30, 10_000),
        read(Map.of()).recordings());
    Map<String, String> keys =
        Map.of(
            "framecast.recordings.max", "0..10000",
            "framecast.recordings.max-files", "1..1000000",
            "framecast.recordings.min-free-bytes", "0.." + (1L << 50),
            "framecast.recordings.max-downloads", "1..10000",
            "framecast.recordings.max-owner-bytes", "1.." + (1L << 50),
            "framecast.recordings.max-owner-files", "1..10000000",
            "framecast.streams.max", "0..10000",
            "framecast.streams.max-per-session", "0..10000",
            "framecast.streams.max-sinks", "0..16");
    keys.forEach(ServerConfigTest::holdsItsEdges);
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

  @Test
  void plainHttpStaysOnLoopback() {
    assertEquals(
        List.of("127.0.0.5", "127.0.0.1"),
        read(Map.of("framecast.http.bind", "127.0.0.5")).httpHosts());
    for (String address : List.of("0.0.0.0", "192.0.2.1", "127.example.com")) {
      assertThrows(
          ConfigException.class, () -> read(Map.of("framecast.http.bind", address)), address);
    }
  }

  @Test
  void httpsLeavesLoopbackOnlyWithPairing() {
    assertThrows(ConfigException.class, () -> read(Map.of("framecast.https.bind", "192.0.2.1")));
    Map<String, String> paired =
        Map.of(
            "framecast.https.bind", "192.0.2.1",
            "framecast.pairing.required", "true",
            "framecast.pairing.code", "SECRETCODE");
    assertTrue(read(paired).httpHosts().contains("192.0.2.1"));
  }
}
