package org.framecast.stream.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.inference.ExecutionProvider;
import org.framecast.stream.inference.ModelFile;
import org.framecast.stream.inference.ModelRuntime;
import org.framecast.stream.inference.ModelSession;
import org.framecast.stream.inference.SessionSettings;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaException.Code;

/**
 * Models by ONNX Runtime, one thread for each run.
 *
 * <p>The file is read once: the bytes that were hashed and looked through are the bytes that are
 * loaded, and a model loaded from memory has no folder from which it could pull other files.
 *
 * <p><b>Thread:</b> any.
 */
public final class OnnxRuntime implements ModelRuntime {
  private static final long MAX_MODEL_BYTES = 1L << 30;
  private static final AtomicInteger LIVE = new AtomicInteger();

  @Override
  public String version() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public Set<ExecutionProvider> providers() {
    Set<OrtProvider> there = OrtEnvironment.getAvailableProviders();
    Set<ExecutionProvider> known = EnumSet.noneOf(ExecutionProvider.class);
    for (ExecutionProvider provider : ExecutionProvider.values()) {
      if (there.contains(ortName(provider))) {
        known.add(provider);
      }
    }
    return known;
  }

  @Override
  public ModelSession open(ModelFile model, SessionSettings settings) {
    byte[] bytes = read(model);
    screen(model, bytes);
    MediaException last = null;
    for (ExecutionProvider provider : settings.providers()) {
      if (providers().contains(provider)) {
        try {
          return load(model, bytes, provider, settings.maxRuns());
        } catch (OrtException e) {
          MediaException failure =
              new MediaException(
                  Code.INFERENCE_FAILED, model.name() + " does not load on " + provider, e);
          if (last != null) {
            failure.addSuppressed(last);
          }
          last = failure;
        }
      }
    }
    if (last != null) {
      throw last;
    }
    throw new MediaException(
        Code.UNSUPPORTED, "none of " + settings.providers() + " here, only " + providers());
  }

  @Override
  public int liveNatives() {
    return LIVE.get();
  }

  private static ModelSession load(
      ModelFile model, byte[] bytes, ExecutionProvider provider, int maxRuns) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // What goes wrong comes as an exception; the library's own lines would repeat it.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      add(provider, options);
      return OnnxSession.open(
          model, environment.createSession(bytes, options), provider, maxRuns, LIVE);
    }
  }

  private static void add(ExecutionProvider provider, OrtSession.SessionOptions options)
      throws OrtException {
    switch (provider) {
      case CPU -> options.addCPU(true);
      case CUDA -> options.addCUDA();
      case TENSORRT -> options.addTensorrt(0);
      case OPENVINO -> options.addOpenVINO("");
      case DIRECTML -> options.addDirectML(0);
      case COREML -> options.addCoreML();
    }
  }

  private static OrtProvider ortName(ExecutionProvider provider) {
    return switch (provider) {
      case CPU -> OrtProvider.CPU;
      case CUDA -> OrtProvider.CUDA;
      case TENSORRT -> OrtProvider.TENSOR_RT;
      case OPENVINO -> OrtProvider.OPEN_VINO;
      case DIRECTML -> OrtProvider.DIRECT_ML;
      case COREML -> OrtProvider.CORE_ML;
    };
  }

  private static byte[] read(ModelFile model) {
    byte[] bytes;
    try {
      long size = Files.size(model.path());
      if (size > MAX_MODEL_BYTES) {
        throw new MediaException(Code.SIZE_LIMIT, model.path() + " has " + size + " bytes");
      }
      bytes = Files.readAllBytes(model.path());
    } catch (IOException e) {
      throw new MediaException(Code.UNSUPPORTED, "cannot read " + model.path(), e);
    }
    if (bytes.length != model.sizeBytes() || !sha256(bytes).equals(model.sha256())) {
      throw new MediaException(
          Code.MALFORMED, model.path() + " is not the file that the manifest describes");
    }
    return bytes;
  }

  private static void screen(ModelFile model, byte[] bytes) {
    try {
      Optional<String> refusal = OnnxScreen.refusal(bytes);
      if (refusal.isPresent()) {
        throw new MediaException(
            Code.UNSUPPORTED, model.name() + " is refused: " + refusal.orElseThrow());
      }
    } catch (IllegalArgumentException e) {
      throw new MediaException(Code.MALFORMED, model.path() + " is no ONNX model", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
