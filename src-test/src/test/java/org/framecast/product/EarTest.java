package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Jars with natives are static modules of the server; the EAR carries none. */
class EarTest {

  @Test
  void theEarHoldsNoNativeJar() throws IOException {
    try (ZipFile ear = new ZipFile(Product.root().resolve("ear/target/framecast.ear").toFile())) {
      List<String> names = ear.stream().map(ZipEntry::getName).toList();
      assertTrue(
          names.stream().anyMatch(name -> name.matches("lib/.*framecast-stream.*\\.jar")),
          names.toString());
      List<String> natives =
          names.stream()
              .filter(name -> name.matches(".*(jna|javacpp|ffmpeg|onnxruntime|\\.so|\\.dll).*"))
              .toList();
      assertTrue(natives.isEmpty(), natives.toString());
    }
  }
}
