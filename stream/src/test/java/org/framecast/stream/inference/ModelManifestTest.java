package org.framecast.stream.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.source.scene.SceneClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelManifestTest {
  private static final String HASH = "0".repeat(64);

  @Test
  void describesTheShippedDetector() throws Exception {
    ModelFile model = ShippedModel.file();
    byte[] bytes = Files.readAllBytes(model.path());
    assertEquals(model.sizeBytes(), bytes.length);
    assertTrue(bytes.length <= 2_000_000, bytes.length + " bytes");
    assertEquals(
        model.sha256(),
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    assertEquals(SceneClass.labels(), model.labels());
    assertEquals(ModelFile.DETECTOR, model.kind());
  }

  @Test
  void readsNamesWithEscapes() {
    ModelManifest manifest =
        ModelManifest.parse(
            Path.of("models"), entry("a.onnx").replace("\"cat\"", "\"c\\u0061t\", \"\\\"\""));
    assertEquals(List.of("cat", "\""), manifest.models().getFirst().labels());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"models\": 1}",
        "{\"models\": [null]}",
        "{\"models\": [{}]}",
        "{\"models\": []} x",
        "{\"models\": [",
        "{\"models\": [], \"models\": []}",
        "{\"a\": \"\\u12",
        "{\"a\": \"\\q\"}",
        "{\"a\": -}"
      })
  void refusesWhatIsNoManifest(String text) {
    assertMalformed(text);
  }

  @Test
  void refusesFilesOutsideTheFolder() {
    assertMalformed(entry("../secret.onnx"));
    assertMalformed(entry("/etc/secret.onnx"));
  }

  @Test
  void refusesDeepNesting() {
    assertMalformed("[".repeat(100_000));
  }

  private static void assertMalformed(String text) {
    MediaException failure =
        assertThrows(
            MediaException.class, () -> ModelManifest.parse(Path.of("models"), text), text);
    assertEquals(MediaException.Code.MALFORMED, failure.code());
  }

  private static String entry(String file) {
    return """
        {"models": [{"name": "a", "file": "%s", "sha256": "%s", "bytes": 3, "kind": "k",
          "labels": ["cat"], "made": {"by": null, "with": [1.5e3, true, false]}}]}
        """
        .formatted(file, HASH);
  }
}
