package org.framecast.stream.inference.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.framecast.stream.inference.ExecutionProvider;
import org.framecast.stream.inference.ModelFile;
import org.framecast.stream.inference.ModelRun;
import org.framecast.stream.inference.ModelSession;
import org.framecast.stream.inference.SessionSettings;
import org.framecast.stream.inference.ShippedModel;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaException.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeTest {
  private final OnnxRuntime runtime = new OnnxRuntime();

  @TempDir Path folder;

  @AfterEach
  void leavesNothingOpen() {
    assertEquals(0, runtime.liveNatives());
  }

  @Test
  void saysWhereItRuns() {
    assertTrue(runtime.providers().contains(ExecutionProvider.CPU));
    assertTrue(runtime.version().contains("1.29"), runtime.version());
    try (ModelSession session = runtime.open(ShippedModel.file(), SessionSettings.cpu(1))) {
      assertEquals(ExecutionProvider.CPU, session.provider());
      assertEquals(List.of(1, 3, 320, 320), session.input().shape());
      assertEquals(List.of(1, 9, 2100), session.output().shape());
    }
  }

  @Test
  void fallsBackToTheNextProviderThatIsThere() {
    SessionSettings settings =
        new SessionSettings(List.of(ExecutionProvider.COREML, ExecutionProvider.CPU), 1);
    try (ModelSession session = runtime.open(ShippedModel.file(), settings)) {
      assertEquals(ExecutionProvider.CPU, session.provider());
    }
    SessionSettings elsewhere = new SessionSettings(List.of(ExecutionProvider.COREML), 1);
    assertFails(Code.UNSUPPORTED, ShippedModel.file(), elsewhere);
  }

  @Test
  void runsReadAndWriteTheirBuffersInPlace() {
    try (ModelSession session = runtime.open(ShippedModel.file(), SessionSettings.cpu(2));
        ModelRun one = session.openRun();
        ModelRun two = session.openRun()) {
      two.input().fill((byte) 0);
      two.output().fill((byte) 0x7F);
      one.input().fill((byte) 0);
      one.input().setAtIndex(ValueLayout.JAVA_FLOAT, 160 * 320 + 160, 1f);
      one.run();
      two.run();
      long last = session.output().elements() - 1L;
      float score = two.output().getAtIndex(ValueLayout.JAVA_FLOAT, last);
      assertTrue(score >= 0 && score < 1, "score " + score);
      assertTrue(one.output().mismatch(two.output()) >= 0);
    }
  }

  @Test
  void boundsItsRunsAndOutlivesTheSessionUntilTheLastOneIsClosed() {
    ModelSession session = runtime.open(ShippedModel.file(), SessionSettings.cpu(1));
    ModelRun run = session.openRun();
    MediaException failure = assertThrows(MediaException.class, session::openRun);
    assertEquals(Code.POOL_EXHAUSTED, failure.code());
    session.close();
    session.close();
    assertEquals(2, runtime.liveNatives());
    run.run();
    run.close();
    run.close();
    assertThrows(IllegalStateException.class, run::run);
    assertThrows(IllegalStateException.class, session::openRun);
  }

  @Test
  void refusesOtherBytesThanTheManifestDescribes() throws Exception {
    byte[] bytes = Files.readAllBytes(ShippedModel.file().path());
    bytes[bytes.length / 2] ^= 1;
    Path changed = Files.write(folder.resolve("changed.onnx"), bytes);
    ModelFile honest = ShippedModel.file();
    assertFails(
        Code.MALFORMED,
        new ModelFile(
            honest.name(),
            changed,
            honest.sha256(),
            honest.sizeBytes(),
            honest.kind(),
            honest.labels()),
        SessionSettings.cpu(1));
  }

  @Test
  void refusesWeightsInOtherFiles() throws Exception {
    Files.write(folder.resolve("secret"), new byte[] {1, 2, 3, 4});
    assertFails(Code.UNSUPPORTED, model(HostileModel.withExternalData()), SessionSettings.cpu(1));
  }

  @Test
  void refusesOperatorsOfOthersAndWhatIsNoModel() throws Exception {
    assertFails(Code.UNSUPPORTED, model(HostileModel.withForeignOperator()), cpu());
    assertFails(Code.UNSUPPORTED, model(HostileModel.withForeignOpset()), cpu());
    assertFails(Code.UNSUPPORTED, model(HostileModel.nested(100)), cpu());
    assertFails(Code.MALFORMED, model(new byte[] {(byte) 0xFF, 1, 2}), cpu());
    assertFails(Code.INFERENCE_FAILED, model(HostileModel.withHarmlessTensor()), cpu());
  }

  private static SessionSettings cpu() {
    return SessionSettings.cpu(1);
  }

  private void assertFails(Code code, ModelFile model, SessionSettings settings) {
    MediaException failure =
        assertThrows(MediaException.class, () -> runtime.open(model, settings));
    assertEquals(code, failure.code(), failure.getMessage());
  }

  private ModelFile model(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("model.onnx"), bytes);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new ModelFile("hostile", file, hash, bytes.length, ModelFile.DETECTOR, List.of("a"));
  }
}
