package org.framecast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} and the code together, in both directions. */
class ConfigurationDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `(framecast[^`]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

  private record Row(String unit, String byDefault) {}

  @Test
  void documentAndCodeNameTheSameKeysUnitsAndDefaults() throws IOException {
    Map<String, Row> inCode =
        Arrays.stream(ConfigKey.values())
            .collect(
                Collectors.toMap(
                    ConfigKey::key,
                    key -> new Row(key.unit(), shown(key.byDefault())),
                    (a, b) -> a,
                    TreeMap::new));
    assertEquals(inCode, new TreeMap<>(documented()));
  }

  @Test
  void everyKeyHasAnEnvironmentNameOfItsOwn() {
    Map<String, ConfigKey> byName =
        Arrays.stream(ConfigKey.values())
            .collect(Collectors.toMap(ConfigKey::environmentName, Function.identity()));
    assertEquals(ConfigKey.values().length, byName.size());
    assertEquals(ConfigKey.ACCESS_SECONDS, byName.get("FRAMECAST_SESSION_ACCESS_SECONDS"));
  }

  private static Map<String, Row> documented() throws IOException {
    Path root = Path.of(System.getProperty("framecast.root", ".."));
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(root.resolve("docs/configuration.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertFalse(row.group(4).isBlank(), row.group(1) + " has no effect");
        rows.put(row.group(1), new Row(row.group(2), row.group(3)));
      }
    }
    return rows;
  }

  private static String shown(String byDefault) {
    return byDefault.isEmpty() ? "empty" : "`" + byDefault + "`";
  }
}
